package io.github.distributedlock;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Grants leases of locks that at most one holder in the whole fleet has at a time.
 * Implementations are safe for use by many threads.
 * <p>
 * Re-entry belongs to a flow, not to a lease: while {@link #execute} (or an annotated
 * method) runs, the same thread enters the same lock again without asking the store. A
 * lease from {@link #acquire} or {@link #tryAcquire} outside such a flow is bound to no
 * thread and is entered by nobody else, the thread that acquired it included.
 */
public interface LockRegistry {

	/**
	 * Waits for a lock and acquires it.
	 * @param request what to lock, and how
	 * @return the lease, to be closed by the caller
	 * @throws LockNotAcquiredException if somebody else held the lock for the whole wait
	 * time
	 * @throws LockUnavailableException if the store did not answer and the request fails
	 * closed
	 * @throws LockInterruptedException if the thread was interrupted while it waited; its
	 * interrupt flag is set again
	 * @throws LockRegistryShutdownException if this registry no longer grants leases
	 * @throws LockMisconfiguredException if the store refuses to serve this client
	 */
	Lease acquire(LockRequest request);

	/**
	 * Waits for a lock and acquires it, unless somebody else holds it for the whole wait
	 * time.
	 * @param request what to lock, and how
	 * @return the lease, to be closed by the caller, or {@code null} if the lock was
	 * contended; try-with-resources accepts both
	 * @throws DistributedLockException as {@link #acquire} does, except for contention
	 */
	@Nullable Lease tryAcquire(LockRequest request);

	/**
	 * Runs a callback while the lock is held, and releases the lock when it ends.
	 * @param <T> the type of the result
	 * @param <X> what the callback may throw
	 * @param request what to lock, and how
	 * @param callback what to run, on the calling thread
	 * @return the callback's result
	 * @throws X if the callback throws it; a loss of the lock is suppressed under it
	 * @throws LockNotAcquiredException if somebody else held the lock for the whole wait
	 * time
	 * @throws LockLostException if the callback returned after its lock had been lost
	 * @throws DistributedLockException as {@link #acquire} does
	 */
	<T extends @Nullable Object, X extends Throwable> T execute(LockRequest request, LockedCallback<T, X> callback)
			throws X;

	/**
	 * Runs a callback while the lock is held, or something else if the lock is contended.
	 * @param <T> the type of the result
	 * @param <X> what the callback may throw
	 * @param request what to lock, and how
	 * @param callback what to run, on the calling thread
	 * @param contended what to return if somebody else held the lock for the whole wait
	 * time; never used because of an exception that the callback throws
	 * @return the callback's result, or what {@code contended} supplies
	 * @throws X if the callback throws it; a loss of the lock is suppressed under it
	 * @throws LockLostException if the callback returned after its lock had been lost
	 * @throws DistributedLockException as {@link #acquire} does, except for contention
	 */
	<T extends @Nullable Object, X extends Throwable> T executeOrElse(LockRequest request,
			LockedCallback<T, X> callback, Supplier<? extends T> contended) throws X;

	/**
	 * Returns the lease in which the calling thread runs: that of the innermost
	 * {@link #execute} or annotated method.
	 * @return the lease, or {@code null} outside of any
	 */
	@Nullable Lease currentLease();

	/**
	 * Returns every lease in which the calling thread runs: those of all enclosing calls
	 * of {@link #execute} and annotated methods.
	 * @return the leases, the outermost first; empty outside of any
	 */
	List<Lease> currentLeases();

}
