package io.github.distributedlock;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The right to a lock for a bounded time. Its owner is the lease itself, never a thread:
 * it may be used and closed on any thread.
 * <p>
 * A lease is valid while it is neither released nor lost, and its local deadline has not
 * passed. A paused process cannot be stopped by a lease: effects that must be exclusive
 * need {@link #fencingToken()} checked at the resource.
 */
public interface Lease extends AutoCloseable {

	/**
	 * Returns what is locked.
	 * @return the key
	 */
	LockKey key();

	/**
	 * Returns the fencing token: strictly increasing over the leases of a lock in the
	 * order in which they were granted, and the same on re-entry.
	 * @return the token, or empty if this lease is unprotected
	 */
	OptionalLong fencingToken();

	/**
	 * Returns whether the store excludes other nodes. It does not if the store was
	 * unreachable and the request failed open, or if locks are switched off.
	 * @return {@code false} if this lease excludes nobody outside this node
	 */
	boolean isProtected();

	/**
	 * Returns whether this lease may be relied on at this moment, judged by the question
	 * and not by any background task. Never waits.
	 * @return {@code false} once it is released or lost, and while it is in doubt because
	 * the machine slept past its deadline and the store has not confirmed it since
	 */
	boolean isValid();

	/**
	 * Returns how long this lease stays valid without any further renewal.
	 * @return the time, {@link Duration#ZERO} once it is not valid
	 */
	Duration remaining();

	/**
	 * Refuses to go on without a valid lease. If it is in doubt because the machine
	 * slept, the store is asked and waited for, at most the command timeout.
	 * @throws LockLostException if this lease was lost
	 * @throws IllegalStateException if this lease was released
	 */
	void ensureValid();

	/**
	 * Has a listener called once if this lease is lost, at once if it already is. The
	 * listener runs on a thread of its own; it is not called when the lease is released.
	 * @param listener receives what was lost
	 */
	void onLost(Consumer<? super LockLostException> listener);

	/**
	 * Releases the lock. The first call wins; every further one, and one after a loss,
	 * does nothing. Bounded by the command timeout, and never an error: a store that does
	 * not answer is asked again in the background.
	 */
	@Override
	void close();

}
