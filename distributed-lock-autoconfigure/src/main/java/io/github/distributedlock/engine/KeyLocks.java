package io.github.distributedlock.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import io.github.distributedlock.LockKey;
import org.jspecify.annotations.Nullable;

/**
 * The locks that guard the queues of keys. Keys share them, and each is made when it is
 * needed.
 */
final class KeyLocks {

	private static final int COUNT = 256;

	private final AtomicReferenceArray<@Nullable ReentrantLock> locks = new AtomicReferenceArray<>(COUNT);

	ReentrantLock of(LockKey key) {
		int hash = key.hashCode();
		int index = (hash ^ hash >>> 16) & (COUNT - 1);
		ReentrantLock present = this.locks.get(index);
		if (present != null) {
			return present;
		}
		ReentrantLock created = new ReentrantLock();
		ReentrantLock first = this.locks.compareAndExchange(index, null, created);
		return (first != null) ? first : created;
	}

}
