package io.github.distributedlock.benchmarks.client;

import java.time.Duration;
import java.time.Instant;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.redis.spring.RedisLockProvider;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * ShedLock, which tries once and never waits.
 */
final class ShedLockLocks implements LockClient {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private final LettuceConnectionFactory connections;

	private final RedisLockProvider provider;

	ShedLockLocks(int port, boolean safe) {
		this.connections = DataRedis.connect(port);
		this.provider = new RedisLockProvider.Builder(this.connections).environment("benchmark")
			.safeUpdate(safe)
			.build();
	}

	@Override
	public Held lock(String key) {
		SimpleLock lock = this.provider.lock(new LockConfiguration(Instant.now(), key, LEASE, Duration.ZERO))
			.orElseThrow(() -> new IllegalStateException("ShedLock does not wait: use one thread for each key"));
		return lock::unlock;
	}

	@Override
	public void close() {
		this.connections.destroy();
	}

}
