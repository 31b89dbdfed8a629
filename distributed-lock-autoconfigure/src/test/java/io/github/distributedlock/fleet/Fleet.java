package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.annotation.DistributedLock.OnContention;
import io.github.distributedlock.annotation.DistributedLock.OnLost;
import io.github.distributedlock.annotation.DistributedLock.OnUnavailable;
import io.github.distributedlock.test.redis.RedisServer;
import org.jspecify.annotations.Nullable;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application of these tests, as its users would write it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, RedissonAutoConfigurationV4.class })
class Fleet {

	@Bean
	Work work(LockRegistry locks) {
		return new Work(locks);
	}

	/**
	 * Starts a node.
	 * @param properties further settings, {@code name=value}
	 */
	static ConfigurableApplicationContext start(RedisServer server, String... properties) {
		return start(server.host(), server.port(), properties);
	}

	static ConfigurableApplicationContext start(String host, int port, String... properties) {
		return new SpringApplicationBuilder(Fleet.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false)
			.properties("spring.data.redis.host=" + host, "spring.data.redis.port=" + port,
					"spring.main.banner-mode=off", "logging.level.root=warn")
			.properties(properties)
			.run();
	}

	/**
	 * What is locked. Each method hands its work the lease in which it runs.
	 */
	static class Work {

		private final LockRegistry locks;

		Work(LockRegistry locks) {
			this.locks = locks;
		}

		Lease lease() {
			Lease lease = this.locks.currentLease();
			if (lease == null) {
				throw new IllegalStateException("This runs unlocked");
			}
			return lease;
		}

		@DistributedLock(key = "#order", waitTime = "120s")
		public void increment(int order, Ledger ledger) {
			ledger.increment(lease().fencingToken().orElseThrow());
		}

		@DistributedLock(key = "#order", lease = "1500ms")
		public <T extends @Nullable Object> T renewed(int order, Callable<T> work) throws Exception {
			return work.call();
		}

		@DistributedLock(key = "#order", lease = "1500ms", onLost = OnLost.INTERRUPT)
		public <T extends @Nullable Object> T interruptible(int order, Callable<T> work) throws Exception {
			return work.call();
		}

		@DistributedLock(key = "#order", waitTime = "60s")
		public <T extends @Nullable Object> T patient(int order, Callable<T> work) throws Exception {
			return work.call();
		}

		@DistributedLock(key = "#order", waitTime = "20s", onUnavailable = OnUnavailable.FAIL_OPEN)
		public Lease open(int order) {
			return lease();
		}

		@DistributedLock(key = "#order", onUnavailable = OnUnavailable.FAIL_OPEN, onContention = OnContention.SKIP)
		public @Nullable Lease openOrSkipped(int order) {
			return lease();
		}

		@DistributedLock(key = "#order")
		public long reenter(int order, Work self) {
			long inner = self.token(order);
			return (inner == lease().fencingToken().orElseThrow()) ? inner : -1;
		}

		@DistributedLock(key = "#order")
		public long token(int order) {
			return lease().fencingToken().orElseThrow();
		}

		Duration remaining() {
			return lease().remaining();
		}

	}

}
