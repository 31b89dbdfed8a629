package io.github.distributedlock.reliability.subject;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.IntFunction;

import com.baomidou.lock.LockInfo;
import com.baomidou.lock.LockTemplate;
import com.baomidou.lock.executor.RedissonLockExecutor;
import com.baomidou.lock.spring.boot.autoconfigure.Lock4jProperties;
import io.github.distributedlock.reliability.subject.PeerRegistry.Held;
import io.github.distributedlock.reliability.subject.PeerRegistry.PeerLocks;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RFencedLock;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Locks of other projects: each with the lease of all others, renewed by its own means,
 * and asked by its own means whether it is still held.
 */
enum Peer {

	RLOCK("Redisson RLock 4.7.0", Peer::rlock), FENCED("Redisson RFencedLock 4.7.0", Peer::fenced),
	INTEGRATION("Spring Integration RedisLockRegistry 7.1.0", Peer::integration), LOCK4J("lock4j 2.2.7", Peer::lock4j);

	private static final Duration LEASE = Duration.ofMillis(1500);

	private final String title;

	private final IntFunction<PeerLocks> factory;

	Peer(String title, IntFunction<PeerLocks> factory) {
		this.title = title;
		this.factory = factory;
	}

	String title() {
		return this.title;
	}

	String prefix() {
		return "p" + ordinal() + ".";
	}

	PeerLocks open(int port) {
		return this.factory.apply(port);
	}

	private static RedissonClient redisson(int port) {
		Config config = new Config().setThreads(4).setNettyThreads(4).setLockWatchdogTimeout(LEASE.toMillis());
		config.useSingleServer()
			.setAddress("redis://127.0.0.1:" + port)
			.setConnectionPoolSize(8)
			.setConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionMinimumIdleSize(1);
		return Redisson.create(config);
	}

	private static PeerLocks rlock(int port) {
		RedissonClient client = redisson(port);
		return (lock, wait) -> {
			RLock held = client.getLock(lock);
			return held.tryLock(wait, TimeUnit.MILLISECONDS) ? new Held(0, held::isHeldByCurrentThread, held::unlock)
					: null;
		};
	}

	private static PeerLocks fenced(int port) {
		RedissonClient client = redisson(port);
		return (lock, wait) -> {
			RFencedLock held = client.getFencedLock(lock);
			Long token = held.tryLockAndGetToken(wait, TimeUnit.MILLISECONDS);
			return (token != null) ? new Held(token, held::isHeldByCurrentThread, held::unlock) : null;
		};
	}

	private static PeerLocks integration(int port) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", port);
		connections.afterPropertiesSet();
		connections.start();
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setDaemon(true);
		scheduler.initialize();
		RedisLockRegistry registry = new RedisLockRegistry(connections, "integration", LEASE);
		registry.setRenewalTaskScheduler(scheduler);
		return (key, wait) -> {
			Lock lock = registry.obtain(key);
			return lock.tryLock(wait, TimeUnit.MILLISECONDS) ? new Held(0, () -> true, lock::unlock) : null;
		};
	}

	private static PeerLocks lock4j(int port) {
		LockTemplate template = new LockTemplate();
		template.setProperties(new Lock4jProperties());
		template.setExecutors(List.of(new RedissonLockExecutor(redisson(port))));
		try {
			template.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return (lock, wait) -> {
			@Nullable LockInfo held = template.lock(lock, -1, wait);
			return (held != null) ? new Held(0, () -> true, () -> template.releaseLock(held)) : null;
		};
	}

}
