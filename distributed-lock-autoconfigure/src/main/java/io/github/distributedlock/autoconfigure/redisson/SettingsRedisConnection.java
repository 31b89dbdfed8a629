package io.github.distributedlock.autoconfigure.redisson;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Reads {@code distributed-lock.redis.*}. Settings that contradict each other, or that
 * nothing would use, are refused.
 */
final class SettingsRedisConnection {

	private static final String PREFIX = "distributed-lock.redis.";

	private final RedissonLockProperties properties;

	private final @Nullable SslBundles sslBundles;

	private SettingsRedisConnection(RedissonLockProperties properties, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	/**
	 * Returns the connection that the settings describe.
	 * @param properties the settings
	 * @param sslBundles the application's SSL bundles
	 * @return the connection, or {@code null} if the settings name no server
	 */
	static @Nullable RedisConnection of(RedissonLockProperties properties, @Nullable SslBundles sslBundles) {
		return new SettingsRedisConnection(properties, sslBundles).read();
	}

	private @Nullable RedisConnection read() {
		List<String> servers = present(server());
		if (servers.size() > 1) {
			throw new RedisSettingsException(quoted(servers) + " are set, and only one of them can keep the locks.",
					"Remove all but one of them.");
		}
		if (servers.isEmpty()) {
			refuse(details(), "no server is named under 'distributed-lock.redis'", "Set '" + PREFIX
					+ "host' or another server, too, or 'spring.data.redis' if the locks share the application's Redis.");
			return null;
		}
		refuse(Collections.singletonMap(PREFIX + "client-bean-name", this.properties.clientBeanName()),
				quoted(servers) + " names a server of its own", "Remove one of them.");
		return (this.properties.url() != null) ? fromUrl(this.properties.url()) : fromNodes();
	}

	private RedisConnection fromUrl(String url) {
		Map<String, @Nullable Object> replaced = details();
		replaced.keySet().removeIf((name) -> name.startsWith(PREFIX + "ssl."));
		refuse(replaced, "'" + PREFIX + "url' has its own place for it", "Put it into the URL.");
		RedisUrl parsed = RedisUrl.parse(url, PREFIX + "url");
		if (parsed.tls() && Boolean.FALSE.equals(this.properties.ssl().enabled())) {
			throw new RedisSettingsException(
					"'" + PREFIX + "url' asks for TLS, and '" + PREFIX + "ssl.enabled' is false.",
					"Write redis:// for clear text, or remove '" + PREFIX + "ssl.enabled'.");
		}
		RedisTopology topology = new RedisTopology.Standalone(parsed.node(), parsed.database());
		return new RedisConnection(topology, tls(parsed.tls()), parsed::credentials);
	}

	private RedisConnection fromNodes() {
		RedisCredentials credentials = new RedisCredentials(this.properties.username(), this.properties.password());
		return new RedisConnection(topology(), tls(false), () -> credentials);
	}

	private RedisTopology topology() {
		int database = Objects.requireNonNullElse(this.properties.database(), 0);
		if (this.properties.host() != null) {
			int port = Objects.requireNonNullElse(this.properties.port(), RedisNode.DEFAULT_PORT);
			return new RedisTopology.Standalone(new RedisNode(this.properties.host(), port), database);
		}
		refuse(Collections.singletonMap(PREFIX + "port", this.properties.port()),
				"it belongs to '" + PREFIX + "host', which is not set", "Give each node its port, as host:port.");
		if (this.properties.sentinel() != null) {
			return sentinel(this.properties.sentinel(), database);
		}
		if (this.properties.masterReplica() != null) {
			return new RedisTopology.MasterReplica(
					RedisNode.parse(this.properties.masterReplica().nodes(), PREFIX + "master-replica.nodes"),
					database);
		}
		if (database != 0) {
			throw new RedisSettingsException(
					"'" + PREFIX + "database' is " + database + ", and a Redis Cluster has database 0 only.",
					"Remove it, and keep locks apart with 'distributed-lock.namespace'.");
		}
		List<String> nodes = (this.properties.cluster() != null) ? this.properties.cluster().nodes() : List.of();
		return new RedisTopology.Cluster(RedisNode.parse(nodes, PREFIX + "cluster.nodes"));
	}

	private static RedisTopology sentinel(RedissonLockProperties.Sentinel sentinel, int database) {
		if (!StringUtils.hasText(sentinel.master())) {
			throw new RedisSettingsException("'" + PREFIX + "sentinel.master' is not set.",
					"Set it to the name that the sentinels know the primary by, such as mymaster.");
		}
		return new RedisTopology.Sentinel(sentinel.master(),
				RedisNode.parse(sentinel.nodes(), PREFIX + "sentinel.nodes"), database,
				new RedisCredentials(sentinel.username(), sentinel.password()));
	}

	private @Nullable SslBundle tls(boolean demanded) {
		String bundle = this.properties.ssl().bundle();
		boolean enabled = Objects.requireNonNullElse(this.properties.ssl().enabled(),
				demanded || StringUtils.hasLength(bundle));
		if (!enabled) {
			return null;
		}
		if (!StringUtils.hasLength(bundle)) {
			return SslBundle.systemDefault();
		}
		if (this.sslBundles == null) {
			throw new RedisSettingsException(
					"'" + PREFIX + "ssl.bundle' is '" + bundle + "', and there are no SSL bundles.",
					"Define it under 'spring.ssl.bundle'.");
		}
		return this.sslBundles.getBundle(bundle);
	}

	private Map<String, @Nullable Object> server() {
		Map<String, @Nullable Object> settings = new LinkedHashMap<>();
		settings.put(PREFIX + "url", this.properties.url());
		settings.put(PREFIX + "host", this.properties.host());
		settings.put(PREFIX + "sentinel", this.properties.sentinel());
		settings.put(PREFIX + "cluster", this.properties.cluster());
		settings.put(PREFIX + "master-replica", this.properties.masterReplica());
		return settings;
	}

	private Map<String, @Nullable Object> details() {
		Map<String, @Nullable Object> settings = new LinkedHashMap<>();
		settings.put(PREFIX + "port", this.properties.port());
		settings.put(PREFIX + "username", this.properties.username());
		settings.put(PREFIX + "password", this.properties.password());
		settings.put(PREFIX + "database", this.properties.database());
		settings.put(PREFIX + "ssl.bundle", this.properties.ssl().bundle());
		settings.put(PREFIX + "ssl.enabled", this.properties.ssl().enabled());
		return settings;
	}

	private static void refuse(Map<String, ? extends @Nullable Object> settings, String reason, String action) {
		List<String> names = present(settings);
		if (!names.isEmpty()) {
			throw new RedisSettingsException(
					quoted(names) + ((names.size() > 1) ? " are" : " is") + " set, but " + reason + ".", action);
		}
	}

	private static List<String> present(Map<String, ? extends @Nullable Object> settings) {
		return settings.entrySet()
			.stream()
			.filter((setting) -> setting.getValue() != null)
			.map(Map.Entry::getKey)
			.toList();
	}

	private static String quoted(List<String> names) {
		return "'" + String.join("', '", names) + "'";
	}

}
