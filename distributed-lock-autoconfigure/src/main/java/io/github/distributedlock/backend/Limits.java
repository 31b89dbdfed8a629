package io.github.distributedlock.backend;

import java.time.Duration;

import io.github.distributedlock.LockKey;

/**
 * What a store can do.
 *
 * @param shortestLease the shortest lease that it keeps
 * @param longestLease the longest lease that it keeps
 * @param queuesNodes whether it remembers which nodes wait, and wakes them in order
 */
public record Limits(Duration shortestLease, Duration longestLease, boolean queuesNodes) {

	/**
	 * Refuses a lease that no record of the store can have.
	 * @param key the lock
	 * @param lease how long its record would be kept
	 * @throws IllegalArgumentException if the lease is not positive, or above the longest
	 */
	public void check(LockKey key, Duration lease) {
		if (lease.isNegative() || lease.isZero() || lease.compareTo(this.longestLease) > 0) {
			throw new IllegalArgumentException("The lease of lock '" + key + "' is " + lease
					+ ": use a positive duration of at most " + this.longestLease);
		}
	}

}
