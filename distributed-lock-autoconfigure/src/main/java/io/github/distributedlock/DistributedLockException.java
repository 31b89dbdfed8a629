package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * Something about a lock went wrong. Each kind is a type of its own.
 */
public abstract class DistributedLockException extends RuntimeException {

	private final @Nullable LockKey key;

	DistributedLockException(@Nullable LockKey key, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.key = key;
	}

	/**
	 * Returns the lock that this is about.
	 * @return the key, or {@code null} if there is no valid one
	 */
	public @Nullable LockKey getKey() {
		return this.key;
	}

}
