package io.github.distributedlock.autoconfigure.redisson;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Reads Spring Boot's connection details, with the precedence that Spring Boot gives to
 * them: Sentinel, Cluster, master/replica, one server.
 */
final class DataRedisConnection {

	private final DataRedisConnectionDetails details;

	private final @Nullable String url;

	private DataRedisConnection(DataRedisConnectionDetails details, @Nullable String url) {
		this.details = details;
		this.url = url;
	}

	/**
	 * Returns the connection that the details describe.
	 * @param details the details
	 * @param url the URL that they may have been made of, which alone says whether it
	 * asked for TLS
	 * @return the connection
	 */
	static RedisConnection of(DataRedisConnectionDetails details, @Nullable String url) {
		DataRedisConnection connection = new DataRedisConnection(details, url);
		return new RedisConnection(connection.topology(), connection.tls(), connection::credentials);
	}

	private RedisCredentials credentials() {
		return new RedisCredentials(this.details.getUsername(), this.details.getPassword());
	}

	private RedisTopology topology() {
		DataRedisConnectionDetails.Sentinel sentinel = this.details.getSentinel();
		if (sentinel != null) {
			return new RedisTopology.Sentinel(sentinel.getMaster(), nodes(sentinel.getNodes(), "sentinel.nodes"),
					sentinel.getDatabase(), new RedisCredentials(sentinel.getUsername(), sentinel.getPassword()));
		}
		DataRedisConnectionDetails.Cluster cluster = this.details.getCluster();
		if (cluster != null) {
			return new RedisTopology.Cluster(nodes(cluster.getNodes(), "cluster.nodes"));
		}
		DataRedisConnectionDetails.Standalone standalone = this.details.getStandalone();
		DataRedisConnectionDetails.MasterReplica masterReplica = this.details.getMasterReplica();
		if (masterReplica != null) {
			return new RedisTopology.MasterReplica(nodes(masterReplica.getNodes(), "masterreplica.nodes"),
					(standalone != null) ? standalone.getDatabase() : 0);
		}
		if (standalone != null) {
			return new RedisTopology.Standalone(new RedisNode(standalone.getHost(), standalone.getPort()),
					standalone.getDatabase());
		}
		throw new RedisSettingsException(
				"The bean of type " + this.details.getClass().getName() + " describes no Redis server.",
				"Let it describe one, or set 'distributed-lock.redis.host'.");
	}

	private static List<RedisNode> nodes(List<DataRedisConnectionDetails.Node> nodes, String property) {
		if (nodes.isEmpty()) {
			return RedisNode.parse(List.of(), "spring.data.redis." + property);
		}
		return nodes.stream().map((node) -> new RedisNode(node.host(), node.port())).toList();
	}

	private @Nullable SslBundle tls() {
		SslBundle bundle = this.details.getSslBundle();
		return (bundle == null && isMadeOfTlsUrl()) ? SslBundle.systemDefault() : bundle;
	}

	/**
	 * The details that are made of a URL say nothing about its scheme, and details from
	 * elsewhere, such as a container's, have nothing to do with the URL.
	 */
	private boolean isMadeOfTlsUrl() {
		DataRedisConnectionDetails.Standalone standalone = this.details.getStandalone();
		if (this.url == null || !this.url.startsWith("rediss:") || standalone == null) {
			return false;
		}
		URI uri = URI.create(this.url);
		return standalone.getHost().equals(uri.getHost()) && standalone.getPort() == uri.getPort();
	}

}
