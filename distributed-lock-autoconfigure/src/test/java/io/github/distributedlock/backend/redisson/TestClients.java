package io.github.distributedlock.backend.redisson;

import java.time.Duration;

import io.github.distributedlock.test.redis.RedisServer;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

/**
 * Small Redisson clients for tests.
 */
final class TestClients {

	private TestClients() {
	}

	static RedissonClient single(RedisServer server) {
		return Redisson.create(config(server));
	}

	static Config config(RedisServer server) {
		Config config = new Config().setNettyThreads(2).setThreads(2);
		config.useSingleServer()
			.setAddress(server.address())
			.setConnectionMinimumIdleSize(1)
			.setConnectionPoolSize(8)
			.setSubscriptionConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionPoolSize(4)
			.setConnectTimeout(1000)
			.setTimeout(1000)
			.setRetryAttempts(0)
			.setRetryDelay(new ConstantDelay(Duration.ofMillis(100)))
			.setReconnectionDelay(new ConstantDelay(Duration.ofMillis(100)));
		return config;
	}

}
