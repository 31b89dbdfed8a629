package io.github.distributedlock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The store of the locks did not answer, so nobody knows who holds the lock, and the work
 * did not run.
 */
public final class LockUnavailableException extends DistributedLockException {

	private final Duration waited;

	/**
	 * Creates the exception.
	 * @param key the lock
	 * @param waited how long the caller waited
	 * @param reason what the store did, as a clause
	 * @param cause what the store's client reported, if anything
	 */
	public LockUnavailableException(LockKey key, Duration waited, String reason, @Nullable Throwable cause) {
		super(key, "Lock '" + key + "' is unavailable after " + waited.toMillis() + " ms: " + reason, cause);
		this.waited = waited;
	}

	/**
	 * Returns how long the caller waited.
	 * @return the wait
	 */
	public Duration getWaited() {
		return this.waited;
	}

}
