package io.github.distributedlock.benchmarks.client;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Clients of Redisson.
 */
final class RedissonClients {

	private static final int THREADS = 2;

	private static final int CONNECTIONS = 4;

	private RedissonClients() {
	}

	static RedissonClient defaults(int port) {
		Config config = new Config();
		config.useSingleServer().setAddress(address(port));
		return Redisson.create(config);
	}

	static RedissonClient tuned(int port) {
		Config config = new Config().setThreads(THREADS).setNettyThreads(THREADS);
		config.useSingleServer()
			.setAddress(address(port))
			.setConnectionPoolSize(CONNECTIONS)
			.setConnectionMinimumIdleSize(1);
		return Redisson.create(config);
	}

	private static String address(int port) {
		return "redis://127.0.0.1:" + port;
	}

}
