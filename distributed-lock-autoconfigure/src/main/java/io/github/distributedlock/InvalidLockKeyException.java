package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot identify a lock. Thrown before anything is asked of the store.
 */
public final class InvalidLockKeyException extends DistributedLockException {

	/**
	 * Creates the exception.
	 * @param message which lock, which value, and what to use instead
	 */
	public InvalidLockKeyException(String message) {
		this(message, null);
	}

	/**
	 * Creates the exception.
	 * @param message which lock, which value, and what to use instead
	 * @param cause why the value could not be had, if something threw
	 */
	public InvalidLockKeyException(String message, @Nullable Throwable cause) {
		super(null, message, cause);
	}

}
