package io.github.distributedlock;

import java.time.Duration;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * The lock was lost while it was held: somebody else may have held it before the work
 * ended.
 */
public final class LockLostException extends DistributedLockException {

	private final Duration held;

	private final @Nullable Long fencingToken;

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
		this.fencingToken = fencingToken.isPresent() ? fencingToken.getAsLong() : null;
	}

	private LockLostException(LockLostException known) {
		super(known.getKey(), String.valueOf(known.getMessage()), known);
		this.held = known.held;
		this.fencingToken = known.fencingToken;
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
		return (this.fencingToken != null) ? OptionalLong.of(this.fencingToken) : OptionalLong.empty();
	}

	/**
	 * Returns the same facts with the calling thread's stack, to be thrown there.
	 * @return a copy whose cause is this exception
	 */
	public LockLostException again() {
		return new LockLostException(this);
	}

}
