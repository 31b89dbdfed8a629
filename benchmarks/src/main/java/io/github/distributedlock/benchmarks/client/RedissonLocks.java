package io.github.distributedlock.benchmarks.client;

import java.util.function.BiFunction;

import org.redisson.api.LockOptions;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;

/**
 * Redisson's own locks, renewed by its watchdog.
 */
final class RedissonLocks implements LockClient {

	private final RedissonClient client;

	private final Kind kind;

	RedissonLocks(RedissonClient client, Kind kind) {
		this.client = client;
		this.kind = kind;
	}

	@Override
	public Held lock(String key) {
		RLock lock = this.kind.lock.apply(this.client, key);
		lock.lock();
		return lock::unlock;
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

	enum Kind {

		LOCK(RedissonClient::getLock), FENCED(RedissonClient::getFencedLock), FAIR(RedissonClient::getFairLock),
		SPIN(RedissonClient::getSpinLock),
		SPIN_FAST((client, key) -> client.getSpinLock(key, new LockOptions.ConstantBackOff().delay(1)));

		private final BiFunction<RedissonClient, String, RLock> lock;

		Kind(BiFunction<RedissonClient, String, RLock> lock) {
			this.lock = lock;
		}

	}

}
