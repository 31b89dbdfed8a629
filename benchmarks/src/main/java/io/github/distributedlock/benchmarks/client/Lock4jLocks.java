package io.github.distributedlock.benchmarks.client;

import java.time.Duration;
import java.util.List;

import com.baomidou.lock.LockInfo;
import com.baomidou.lock.LockTemplate;
import com.baomidou.lock.executor.RedissonLockExecutor;
import com.baomidou.lock.spring.boot.autoconfigure.Lock4jProperties;
import org.redisson.api.RedissonClient;

/**
 * lock4j's template over Redisson, with its watchdog.
 */
final class Lock4jLocks implements LockClient {

	private static final long WAIT = Duration.ofMinutes(2).toMillis();

	private static final long RENEWED = -1;

	private final RedissonClient client;

	private final LockTemplate template = new LockTemplate();

	Lock4jLocks(RedissonClient client) throws Exception {
		this.client = client;
		this.template.setProperties(new Lock4jProperties());
		this.template.setExecutors(List.of(new RedissonLockExecutor(client)));
		this.template.afterPropertiesSet();
	}

	@Override
	public Held lock(String key) {
		LockInfo lock = this.template.lock(key, RENEWED, WAIT);
		if (lock == null) {
			throw new IllegalStateException("lock4j did not get " + key + " within " + WAIT + " ms");
		}
		return () -> this.template.releaseLock(lock);
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
