package io.github.distributedlock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Somebody else held the lock for the whole wait time.
 */
public final class LockNotAcquiredException extends DistributedLockException {

	private final Duration waited;

	private final @Nullable String holder;

	/**
	 * Creates the exception.
	 * @param key the lock
	 * @param waited how long the caller waited
	 * @param holder who holds the lock, if the store says so
	 */
	public LockNotAcquiredException(LockKey key, Duration waited, @Nullable String holder) {
		super(key, "Lock '" + key + "' was not acquired within " + waited.toMillis() + " ms: "
				+ ((holder != null) ? "held by " + ReadableText.of(holder) : "held by somebody else"), null);
		this.waited = waited;
		this.holder = holder;
	}

	/**
	 * Returns how long the caller waited.
	 * @return the wait
	 */
	public Duration getWaited() {
		return this.waited;
	}

	/**
	 * Returns who holds the lock.
	 * @return the holder's owner id, or {@code null} if the store does not say
	 */
	public @Nullable String getHolder() {
		return this.holder;
	}

}
