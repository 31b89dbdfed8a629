package io.github.distributedlock.benchmarks.client;

import java.util.concurrent.locks.Lock;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;

/**
 * Spring Integration's registry: leases of a minute, not renewed.
 */
final class IntegrationLocks implements LockClient {

	private final LettuceConnectionFactory connections;

	private final RedisLockRegistry registry;

	IntegrationLocks(int port, RedisLockType type) {
		this.connections = DataRedis.connect(port);
		this.registry = new RedisLockRegistry(this.connections, "benchmark");
		this.registry.setRedisLockType(type);
	}

	@Override
	public Held lock(String key) {
		Lock lock = this.registry.obtain(key);
		lock.lock();
		return lock::unlock;
	}

	@Override
	public void close() {
		this.registry.destroy();
		this.connections.destroy();
	}

}
