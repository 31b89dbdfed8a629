package io.github.distributedlock;

/**
 * The thread was interrupted while it waited for the lock. Its interrupt flag is set
 * again, and it holds nothing.
 */
public final class LockInterruptedException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param key the lock
	 */
	public LockInterruptedException(LockKey key) {
		super(key, "Interrupted while waiting for lock '" + key + "'", null);
	}

}
