package io.github.distributedlock;

/**
 * A value cannot identify a lock. Thrown before anything is asked of the store.
 */
public final class InvalidLockKeyException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param message which lock, which value, and what to use instead
	 */
	public InvalidLockKeyException(String message) {
		super(null, message, null);
	}

}
