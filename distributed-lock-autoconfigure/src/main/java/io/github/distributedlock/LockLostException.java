package io.github.distributedlock;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The lock was lost while it was held: somebody else may have held it before the work
 * ended.
 */
public final class LockLostException extends DistributedLockException {

	private final Duration held;

	private final transient OptionalLong fencingToken;

	/**
	 * Creates the exception.
	 * @param key the lock
	 * @param held how long the lease was held until the loss was known
	 * @param fencingToken the token of the lost lease, if it had one
	 * @param reason how it was lost, as a clause
	 */
	public LockLostException(LockKey key, Duration held, OptionalLong fencingToken, String reason) {
		super(key, "Lock '" + key + "' was lost after " + held.toMillis() + " ms: " + reason, null);
		this.held = held;
		this.fencingToken = fencingToken;
	}

	/**
	 * Returns how long the lease was held until the loss was known.
	 * @return the time
	 */
	public Duration getHeld() {
		return this.held;
	}

	/**
	 * Returns the token of the lost lease.
	 * @return the token, or empty if the lease had none
	 */
	public OptionalLong getFencingToken() {
		return this.fencingToken;
	}

}
