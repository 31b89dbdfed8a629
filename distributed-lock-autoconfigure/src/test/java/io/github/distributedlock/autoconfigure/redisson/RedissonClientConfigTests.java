package io.github.distributedlock.autoconfigure.redisson;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.Test;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing here needs a server: what is built does not find one and goes on trying.
 */
class RedissonClientConfigTests {

	private static final int NOBODY = RedisProcess.freePort();

	private final BlockingQueue<Config> built = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = RedissonLockBackendAutoConfigurationTests.runner(this.built);

	@Test
	void customizersAreAppliedLastAndInOrder() {
		this.runner.withPropertyValues("distributed-lock.redis.client-name=orders")
			.withBean("threads", RedissonConfigCustomizer.class,
					() -> (config) -> config.useSingleServer()
						.setClientName(config.useSingleServer().getClientName() + "-1"))
			.run((context) -> assertThat(builtConfig().useSingleServer().getClientName()).isEqualTo("orders-1"));
	}

	@Test
	void clientIsMadeForLocks() {
		this.runner.withPropertyValues("distributed-lock.command-timeout=300ms").run((context) -> {
			Config config = builtConfig();
			assertThat(config.getCodec()).isSameAs(StringCodec.INSTANCE);
			assertThat(config.getNettyThreads()).isEqualTo(2);
			assertThat(config.getExecutor()).isInstanceOf(CallingThreadExecutor.class);
			assertThat(config.isLazyInitialization()).isFalse();
			assertThat(config.useSingleServer().getConnectionPoolSize()).isLessThan(10);
			assertThat(config.useSingleServer().getSubscriptionConnectionPoolSize()).isOne();
			assertThat(config.useSingleServer().getTimeout()).isEqualTo(300);
			assertThat(config.useSingleServer().getRetryAttempts()).isZero();
			assertThat(config.useSingleServer().getConnectTimeout()).isEqualTo(2000);
			assertThat(config.useSingleServer().getPingConnectionInterval()).isEqualTo(1000);
			assertThat(config.useSingleServer().getReconnectionDelay().calcDelay(20).toMillis()).isBetween(1L, 500L);
		});
	}

	@Test
	void urlOfSpringDataRedisWithTlsIsTls() {
		this.runner.withPropertyValues("spring.data.redis.url=rediss://alice:secret@127.0.0.1:" + NOBODY + "/4")
			.run((context) -> {
				Config config = builtConfig();
				assertThat(config.useSingleServer().getAddress()).isEqualTo("rediss://127.0.0.1:" + NOBODY);
				assertThat(config.useSingleServer().getDatabase()).isEqualTo(4);
			});
	}

	@Test
	void connectionDetailsFromElsewhereIgnoreTheUrl() {
		this.runner.withPropertyValues("spring.data.redis.url=rediss://elsewhere:6379")
			.withBean(DataRedisConnectionDetails.class, () -> new DataRedisConnectionDetails() {

				@Override
				public Standalone getStandalone() {
					return Standalone.of("127.0.0.1", NOBODY);
				}

			})
			.run((context) -> assertThat(builtConfig().useSingleServer().getAddress())
				.isEqualTo("redis://127.0.0.1:" + NOBODY));
	}

	@Test
	void sentinelOfSpringDataRedisIsUsed() {
		this.runner
			.withPropertyValues("spring.data.redis.sentinel.master=orders",
					"spring.data.redis.sentinel.nodes=127.0.0.1:" + NOBODY, "spring.data.redis.sentinel.password=look",
					"spring.data.redis.password=secret", "spring.data.redis.database=3")
			.run((context) -> {
				Config config = builtConfig();
				assertThat(config.useSentinelServers().getMasterName()).isEqualTo("orders");
				assertThat(config.useSentinelServers().getSentinelAddresses())
					.containsExactly("redis://127.0.0.1:" + NOBODY);
				assertThat(config.useSentinelServers().getSentinelPassword()).isEqualTo("look");
				assertThat(config.useSentinelServers().getDatabase()).isEqualTo(3);
				assertThat(config.getPassword()).isEqualTo("secret");
			});
	}

	@Test
	void clusterOfSpringDataRedisIsUsed() {
		this.runner.withPropertyValues("spring.data.redis.cluster.nodes=127.0.0.1:" + NOBODY)
			.run((context) -> assertThat(builtConfig().useClusterServers().getNodeAddresses())
				.containsExactly("redis://127.0.0.1:" + NOBODY));
	}

	private Config builtConfig() throws InterruptedException {
		return RedissonLockBackendAutoConfigurationTests.built(this.built);
	}

}
