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

	private final boolean executed;

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
		this.executed = false;
	}

	private LockLostException(LockLostException known, boolean executed) {
		super(known.getKey(), String.valueOf(known.getMessage()), known);
		this.held = known.held;
		this.fencingToken = known.fencingToken;
		this.executed = executed;
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
	 * Returns whether the locked work had returned when this was thrown, so that what it
	 * did may stand. If not, it never began, or this was thrown while it ran: by
	 * {@link Lease#ensureValid()}, or instead of the commit of its transaction.
	 * @return whether the work was done
	 */
	public boolean isExecuted() {
		return this.executed;
	}

	/**
	 * Returns the same facts with the calling thread's stack, to be thrown there.
	 * @return a copy whose cause is this exception
	 */
	public LockLostException again() {
		return new LockLostException(this, false);
	}

	/**
	 * Returns the same facts with the calling thread's stack, to be thrown instead of the
	 * result of the work.
	 * @return a copy whose cause is this exception, and that says that the work was done
	 */
	public LockLostException afterWork() {
		return new LockLostException(this, true);
	}

}
