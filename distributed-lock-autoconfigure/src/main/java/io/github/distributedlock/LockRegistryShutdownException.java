package io.github.distributedlock;

/**
 * The registry is shutting down and grants no more leases.
 */
public final class LockRegistryShutdownException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param key the lock that was asked for
	 */
	public LockRegistryShutdownException(LockKey key) {
		super(key, "Lock '" + key + "' was not acquired: this node is shutting down and takes no more locks", null);
	}

}
