package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * The store answered, but refuses to serve this client: missing rights, failed
 * authentication, a foreign value at the key. Waiting does not help, and the work never
 * runs.
 */
public final class LockMisconfiguredException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param key the lock
	 * @param reason what the store said, as a clause
	 * @param cause what the store's client reported, if anything
	 */
	public LockMisconfiguredException(LockKey key, String reason, @Nullable Throwable cause) {
		super(key, "Lock '" + key + "' cannot be used: " + reason, cause);
	}

}
