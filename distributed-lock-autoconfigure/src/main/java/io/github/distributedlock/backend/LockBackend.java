package io.github.distributedlock.backend;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockKey;

/**
 * A store of locks, as one node sees it.
 * <p>
 * Every future ends with an answer, with {@link BackendUnavailableException} or with
 * {@link BackendMisconfiguredException}. Cancelling one drops a request that was not sent
 * yet; what becomes of one that was sent is unknown.
 */
public interface LockBackend extends AutoCloseable {

	/**
	 * Returns the identity of this node in the store: random per start, never used again.
	 * @return letters, digits, dots and hyphens only
	 */
	String node();

	/**
	 * Begins to connect to the store, unless that has begun, and waits for nothing. The
	 * first question is asked when the returned future is done, so that the time that the
	 * first connection takes does not count as the store's silence. A backend that is
	 * asked earlier begins by itself.
	 * @return completed, within seconds and never with a failure, when the first attempt
	 * has succeeded or failed
	 */
	CompletableFuture<Void> connect();

	/**
	 * Asks once for a lock, with at most one round trip.
	 * @param key the lock
	 * @param owner the new owner's id, {@code node#sequence}, never used before
	 * @param lease how long the store keeps the record; never shortens a record
	 * @param tokens how many fencing tokens to reserve, at least one; the store may give
	 * fewer
	 * @param interested whether the store remembers, if the lock is contended, that this
	 * node waits for it
	 * @return the answer
	 */
	CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens, boolean interested);

	/**
	 * Extends the records of their owners, and of nobody else. Creates nothing.
	 * @param renewals what to renew
	 * @return one future for each, in the same order, so that a sick part of the store
	 * delays nobody else's answer
	 */
	List<CompletableFuture<Renewal>> renew(List<Renew> renewals);

	/**
	 * Removes the record of this owner, and of nobody else, and passes the lock to the
	 * next waiting node where the store can. Takes an owner, not a grant, so that an
	 * attempt of unknown outcome can be undone.
	 * @param key the lock
	 * @param owner the owner's id
	 * @param stillInterested whether this node joins the tail of those that wait
	 * @return the answer
	 */
	CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested);

	/**
	 * Says that this node no longer waits for a lock. Passes on a turn that was already
	 * given to it.
	 * @param key the lock
	 * @return completed when the store has forgotten this node
	 */
	CompletableFuture<Void> withdraw(LockKey key);

	/**
	 * Sets who hears the store's hints. Called once, before anything is asked.
	 * @param listener receives hints; never blocks
	 */
	void wakeUps(WakeUpListener listener);

	/**
	 * Sets what gives answers that arrive together. Called once, before anything is
	 * asked. A store whose answers arrive one by one has no use for it.
	 * @param delivery gives answers; may be used by several threads at once
	 */
	void deliveries(Delivery delivery);

	/**
	 * Returns what this store can do.
	 * @return the limits
	 */
	Limits limits();

	/**
	 * Lets go of what this backend made itself, never of what it was given.
	 */
	@Override
	void close();

}
