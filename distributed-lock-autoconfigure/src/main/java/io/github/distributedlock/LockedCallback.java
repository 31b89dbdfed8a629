package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * What runs while a lock is held.
 *
 * @param <T> the type of the result
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface LockedCallback<T extends @Nullable Object, X extends Throwable> {

	/**
	 * Runs under a lease.
	 * @param lease the lease; released by the caller
	 * @return the result
	 * @throws X if it fails
	 */
	T run(Lease lease) throws X;

}
