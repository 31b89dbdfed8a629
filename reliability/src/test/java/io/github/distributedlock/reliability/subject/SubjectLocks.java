package io.github.distributedlock.reliability.subject;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockedCallback;
import org.jspecify.annotations.Nullable;

/**
 * Locks of others, or broken ones, as far as a run needs them.
 */
public interface SubjectLocks {

	/**
	 * Acquires a lock.
	 * @param request which lock, and how
	 * @return the lease
	 */
	Lease acquire(LockRequest request);

	/**
	 * Runs something while a lock is held.
	 * @param request which lock, and how
	 * @param callback what is run
	 * @param <T> what it returns
	 * @param <X> what it throws
	 * @return what the callback returned
	 * @throws X if the callback throws it
	 */
	<T extends @Nullable Object, X extends Throwable> T execute(LockRequest request, LockedCallback<T, X> callback)
			throws X;

}
