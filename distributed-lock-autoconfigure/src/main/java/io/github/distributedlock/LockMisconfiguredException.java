package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * The store refuses to serve this client (missing rights, failed authentication, TLS, a
 * foreign value at the key), must not keep locks, or failed in a way that is not known as
 * an outage. Waiting does not help, and work that has not begun does not run.
 */
public final class LockMisconfiguredException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param key the lock
	 * @param reason what is wrong, as a clause
	 * @param cause what the store's client reported, if anything
	 */
	public LockMisconfiguredException(LockKey key, String reason, @Nullable Throwable cause) {
		super(key, "Lock '" + key + "' cannot be used: " + reason, cause);
	}

}
