package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Settings of the Redis that keeps the locks. Without a server or a bean name here, the
 * application's {@code RedissonClient} is used, else Spring Boot's connection details.
 *
 * @param clientBeanName Name of the RedissonClient bean to use, if there are several.
 * @param url URL of the server, such as "rediss://user:password@host:6379/0". Replaces
 * host, port, username, password and database.
 * @param host Host of the server.
 * @param port Port of the server.
 * @param username User to log in as.
 * @param password Password to log in with.
 * @param database Index of the database.
 * @param ssl Encryption of the connections.
 * @param sentinel Sentinels that know the server.
 * @param cluster Redis Cluster.
 * @param masterReplica Primary and its replicas.
 * @param clientName Name of the connections, as in CLIENT LIST. Applies to a client that
 * is built for the locks.
 * @param connectTimeout Longest time that connecting to a server may take. Applies to a
 * client that is built for the locks.
 * @param allowEviction Whether to keep locks in a Redis that may evict them when its
 * memory is full. A lock that is evicted is free while it is held.
 */
@ConfigurationProperties("distributed-lock.redis")
record RedissonLockProperties(@Nullable String clientBeanName, @Nullable String url, @Nullable String host,
		@Nullable Integer port, @Nullable String username, @Nullable String password, @Nullable Integer database,
		@DefaultValue Ssl ssl, @Nullable Sentinel sentinel, @Nullable Cluster cluster,
		@Nullable MasterReplica masterReplica, @DefaultValue("distributed-lock") String clientName,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("false") boolean allowEviction) {

	private static final Pattern CLIENT_NAME = Pattern.compile("[!-~]*");

	RedissonLockProperties {
		clientBeanName = textOrNull(clientBeanName);
		url = textOrNull(url);
		host = textOrNull(host);
		username = textOrNull(username);
		password = textOrNull(password);
		if (connectTimeout.toMillis() < 1) {
			throw new IllegalArgumentException(
					"'distributed-lock.redis.connect-timeout' is " + connectTimeout + ": use at least 1ms, such as 2s");
		}
		if (!CLIENT_NAME.matcher(clientName).matches()) {
			throw new IllegalArgumentException("'distributed-lock.redis.client-name' is '" + clientName
					+ "': use letters, digits and punctuation without spaces, such as orders-locks");
		}
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return (StringUtils.hasText(text)) ? text : null;
	}

	@Override
	public String toString() {
		return "RedissonLockProperties[clientBeanName=" + this.clientBeanName + ", host=" + this.host + ", port="
				+ this.port + ", username=" + this.username + ", database=" + this.database + ", ssl=" + this.ssl
				+ ", sentinel=" + this.sentinel + ", cluster=" + this.cluster + ", masterReplica=" + this.masterReplica
				+ ", clientName=" + this.clientName + ", connectTimeout=" + this.connectTimeout + ", allowEviction="
				+ this.allowEviction + "]";
	}

	/**
	 * Encryption.
	 *
	 * @param bundle Name of the SSL bundle with the certificates.
	 * @param enabled Whether connections are encrypted. Enabled automatically if a bundle
	 * is named.
	 */
	record Ssl(@Nullable String bundle, @Nullable Boolean enabled) {
	}

	/**
	 * Sentinel.
	 *
	 * @param master Name that the sentinels know the server by.
	 * @param nodes Sentinels, as "host:port".
	 * @param username User to log in at the sentinels as.
	 * @param password Password to log in at the sentinels with.
	 */
	record Sentinel(@Nullable String master, @DefaultValue List<String> nodes, @Nullable String username,
			@Nullable String password) {

		@Override
		public String toString() {
			return "Sentinel[master=" + this.master + ", nodes=" + this.nodes + ", username=" + this.username + "]";
		}

	}

	/**
	 * Cluster.
	 *
	 * @param nodes Some nodes of the cluster, as "host:port"; the others are found.
	 */
	record Cluster(@DefaultValue List<String> nodes) {
	}

	/**
	 * Primary and replicas.
	 *
	 * @param nodes All servers, as "host:port"; which one is the primary is found out.
	 */
	record MasterReplica(@DefaultValue List<String> nodes) {
	}

}
