package io.github.distributedlock.autoconfigure;

import java.time.Duration;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.awaitility.Awaitility;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A store that tests share with the application, to hold, look at and steal locks.
 */
final class LockStore {

	private final InMemoryStore store = new InMemoryStore();

	private final LockBackend other = this.store.connect();

	private int attempts;

	LockBackend connect() {
		return this.store.connect();
	}

	boolean isHeld(LockKey key) {
		Attempt attempt = attempt(key);
		if (attempt instanceof Attempt.Granted granted) {
			this.other.release(key, granted.grant().owner(), false).join();
			return false;
		}
		return true;
	}

	void hold(LockKey key) {
		if (!(attempt(key) instanceof Attempt.Granted)) {
			throw new IllegalStateException("held: " + key);
		}
	}

	/**
	 * Removes the record of a lease and waits until the lease knows.
	 */
	void steal(Lease lease) {
		release(lease.key());
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !lease.isValid());
	}

	void release(LockKey key) {
		if (!(attempt(key) instanceof Attempt.Contended contended) || contended.holder() == null) {
			throw new IllegalStateException("not held: " + key);
		}
		this.other.release(key, contended.holder(), false).join();
	}

	private Attempt attempt(LockKey key) {
		return this.other.tryAcquire(key, this.other.node() + "#" + ++this.attempts, Duration.ofSeconds(30), 1, false)
			.join();
	}

	@Configuration(proxyBeanMethods = false)
	static class SharedStore {

		@Bean
		LockStore lockStore() {
			return new LockStore();
		}

		@Bean
		LockBackend distributedLockBackend(LockStore lockStore) {
			return lockStore.connect();
		}

	}

}
