package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.github.distributedlock.backend.redisson.TlsRefusal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SslVerificationMode;
import org.redisson.config.SubscriptionMode;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Builds and connects a client for locks alone: few threads, a small pool whose
 * connections are shared by many commands, no repetition of commands (the answer to the
 * first one may have been lost), and quick to notice and to mend a broken connection.
 */
final class RedissonClientFactory implements Supplier<RedissonClient> {

	private static final int NETWORK_THREADS = 2;

	/** Below ten, Redisson lets commands share a connection. */
	private static final int CONNECTIONS = 4;

	/** Redisson derives the tick of its timer from it: 10 ms. */
	private static final Duration RETRY_DELAY = Duration.ofMillis(20);

	private static final Duration SHORTEST_RECONNECTION_DELAY = Duration.ofMillis(50);

	private static final Duration LONGEST_RECONNECTION_DELAY = Duration.ofMillis(500);

	/**
	 * A connection that swallows everything is closed after one or two pings. One that
	 * answers in time for a command must not be.
	 */
	private static final Duration SHORTEST_PING_INTERVAL = Duration.ofSeconds(1);

	private static final Duration TOPOLOGY_CHECK_INTERVAL = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(RedissonClientFactory.class);

	private final RedisConnection connection;

	private final String clientName;

	private final int connectTimeout;

	private final int commandTimeout;

	private final List<RedissonConfigCustomizer> customizers;

	private final AtomicBoolean warned = new AtomicBoolean();

	RedissonClientFactory(RedisConnection connection, String clientName, Duration connectTimeout,
			Duration commandTimeout, List<RedissonConfigCustomizer> customizers) {
		this.connection = connection;
		this.clientName = clientName;
		this.connectTimeout = Math.toIntExact(connectTimeout.toMillis());
		this.commandTimeout = Math.toIntExact(commandTimeout.toMillis());
		this.customizers = customizers;
	}

	@Override
	public RedissonClient get() {
		warnOfClearText();
		try {
			return connect();
		}
		catch (RedisException ex) {
			throw explained(ex);
		}
	}

	private RedissonClient connect() {
		if (this.connection.topology() instanceof RedisTopology.MasterReplica masterReplica) {
			MasterReplicaCheck.run(masterReplica.nodes(),
					(node) -> Redisson.create(config(new RedisTopology.Standalone(node, masterReplica.database()))));
		}
		return Redisson.create(config(this.connection.topology()));
	}

	/**
	 * Replaces silence by what the servers say when they are asked once more.
	 */
	private RedisException explained(RedisException failure) {
		SslBundle tls = this.connection.tls();
		Throwable refusal = (tls == null || isRefusal(failure)) ? null
				: TlsProbe.refusal(this.connection.topology().nodes(), tls);
		return (refusal != null) ? new RedisException(failure.getMessage(), refusal) : failure;
	}

	private static boolean isRefusal(Throwable failure) {
		return (failure instanceof SSLException && !TlsRefusal.isLoss(failure))
				|| (failure.getCause() != null && isRefusal(failure.getCause()));
	}

	void warnOfClearText() {
		List<String> servers = ClearText.servers(this.connection);
		if (!servers.isEmpty() && this.warned.compareAndSet(false, true)) {
			logger.warn("The connection of the locks to " + String.join(", ", servers)
					+ " is not encrypted: whoever stands in between reads keys and passwords, and can grant locks."
					+ " Name an SSL bundle, or use rediss:// in the URL");
		}
	}

	Config config(RedisTopology topology) {
		Config config = new Config();
		config.setExecutor(new CallingThreadExecutor()).setNettyThreads(NETWORK_THREADS).setCodec(StringCodec.INSTANCE);
		config.setReferenceEnabled(false);
		configureTls(config);
		configureServers(config, topology);
		this.customizers.forEach((customizer) -> customizer.customize(config));
		return config;
	}

	private void configureTls(Config config) {
		SslBundle tls = this.connection.tls();
		if (tls != null) {
			SslOptions options = tls.getOptions();
			config.setSslVerificationMode(SslVerificationMode.STRICT)
				.setSslCiphers(options.getCiphers())
				.setSslProtocols(options.getEnabledProtocols())
				.setSslTrustManagerFactory(tls.getManagers().getTrustManagerFactory())
				.setSslKeyManagerFactory(tls.getManagers().getKeyManagerFactory());
		}
	}

	private void configureServers(Config config, RedisTopology topology) {
		if (topology instanceof RedisTopology.Sentinel sentinel) {
			configureSentinel(config, sentinel);
			return;
		}
		config.setCredentialsResolver(new LatestCredentials(this.connection.credentials()));
		if (topology instanceof RedisTopology.Cluster cluster) {
			replicated(config.useClusterServers()).addNodeAddress(addresses(cluster.nodes()))
				.setScanInterval((int) TOPOLOGY_CHECK_INTERVAL.toMillis());
		}
		else if (topology instanceof RedisTopology.MasterReplica masterReplica) {
			replicated(config.useReplicatedServers()).addNodeAddress(addresses(masterReplica.nodes()))
				.setDatabase(masterReplica.database())
				.setScanInterval((int) TOPOLOGY_CHECK_INTERVAL.toMillis());
		}
		else if (topology instanceof RedisTopology.Standalone standalone) {
			common(config.useSingleServer()).setAddress(standalone.node().address(this.connection.tls() != null))
				.setDatabase(standalone.database())
				.setConnectionPoolSize(CONNECTIONS)
				.setConnectionMinimumIdleSize(1)
				.setSubscriptionConnectionPoolSize(1)
				.setSubscriptionConnectionMinimumIdleSize(1);
		}
	}

	private void configureSentinel(Config config, RedisTopology.Sentinel sentinel) {
		RedisCredentials login = SentinelCredentials.ofServers(this.connection.credentials().get(),
				sentinel.credentials());
		config.setUsername(login.username()).setPassword(login.password());
		replicated(config.useSentinelServers()).setMasterName(sentinel.master())
			.addSentinelAddress(addresses(sentinel.nodes()))
			.setSentinelUsername(sentinel.credentials().username())
			.setSentinelPassword(sentinel.credentials().password())
			.setDatabase(sentinel.database())
			.setCheckSentinelsList(false)
			.setScanInterval((int) TOPOLOGY_CHECK_INTERVAL.toMillis());
	}

	private String[] addresses(List<RedisNode> nodes) {
		boolean tls = this.connection.tls() != null;
		return nodes.stream().map((node) -> node.address(tls)).toArray(String[]::new);
	}

	/** Locks are kept by the primary alone, so there are no connections to replicas. */
	private <T extends BaseMasterSlaveServersConfig<T>> T replicated(T servers) {
		return common(servers).setReadMode(ReadMode.MASTER)
			.setSubscriptionMode(SubscriptionMode.MASTER)
			.setMasterConnectionPoolSize(CONNECTIONS)
			.setMasterConnectionMinimumIdleSize(1)
			.setSlaveConnectionPoolSize(1)
			.setSlaveConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionPoolSize(1)
			.setSubscriptionConnectionMinimumIdleSize(1);
	}

	private <T extends BaseConfig<T>> T common(T servers) {
		return servers.setClientName(this.clientName)
			.setTimeout(this.commandTimeout)
			.setConnectTimeout(this.connectTimeout)
			.setSubscriptionTimeout(this.connectTimeout + this.commandTimeout)
			.setRetryAttempts(0)
			.setRetryDelay(new ConstantDelay(RETRY_DELAY))
			.setReconnectionDelay(new EqualJitterDelay(SHORTEST_RECONNECTION_DELAY, LONGEST_RECONNECTION_DELAY))
			.setPingConnectionInterval(Math.max(this.commandTimeout, (int) SHORTEST_PING_INTERVAL.toMillis()));
	}

}
