package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * A guarded resource was about to be changed without a fencing token: no lock is held, or
 * its lease is unprotected, because the store was unreachable and the request failed open
 * or because locks are switched off. Nobody can tell whether somebody else works as well.
 */
public final class MissingTokenException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param key the lock, or {@code null} if none is held
	 */
	public MissingTokenException(@Nullable LockKey key) {
		super(key, (key != null) ? "The lease of lock '" + key + "' is unprotected and has no fencing token"
				: "No lock is held here, so there is no fencing token", null);
	}

}
