package io.github.distributedlock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What to lock, and how. Whatever is {@code null} is taken from the registry's settings.
 *
 * @param key what to lock
 * @param waitTime how long to wait at most while somebody else holds the lock; zero tries
 * once
 * @param lease how long the store keeps the lock if this node dies or is cut off; at
 * least 500 ms
 * @param renew whether the lease is renewed while it is held; otherwise it ends after
 * {@code lease}
 * @param onUnavailable what to do if the store does not answer
 * @param onLost what to do with the running callback if the lock is lost
 */
public record LockRequest(LockKey key, @Nullable Duration waitTime, @Nullable Duration lease, boolean renew,
		@Nullable OutagePolicy onUnavailable, @Nullable LossPolicy onLost) {

	/**
	 * The shortest lease: two renewals, each with time to be answered, must fit.
	 */
	public static final Duration SHORTEST_LEASE = Duration.ofMillis(500);

	public LockRequest {
		if (waitTime != null && waitTime.isNegative()) {
			throw new IllegalArgumentException("The waitTime of lock '" + key + "' is " + waitTime
					+ ": use a duration that is not negative, zero to try once");
		}
		if (lease != null && lease.compareTo(SHORTEST_LEASE) < 0) {
			throw new IllegalArgumentException(
					"The lease of lock '" + key + "' is " + lease + ": use at least 500ms, so that two renewals fit");
		}
	}

	/**
	 * Returns a request with the registry's settings for everything but the key.
	 * @param key what to lock
	 * @return the request
	 */
	public static LockRequest of(LockKey key) {
		return new LockRequest(key, null, null, true, null, null);
	}

	/**
	 * Returns a request with the registry's settings for everything but the key.
	 * @param name what is locked
	 * @param key which one, as for {@link LockKey#of(String, Object)}
	 * @return the request
	 */
	public static LockRequest of(String name, @Nullable Object key) {
		return of(LockKey.of(name, key));
	}

	/**
	 * Returns a copy with another wait time.
	 * @param waitTime how long to wait at most; zero tries once
	 * @return the copy
	 */
	public LockRequest withWaitTime(Duration waitTime) {
		return new LockRequest(this.key, waitTime, this.lease, this.renew, this.onUnavailable, this.onLost);
	}

	/**
	 * Returns a copy with another lease.
	 * @param lease how long the store keeps the lock without renewal; at least 500 ms
	 * @return the copy
	 */
	public LockRequest withLease(Duration lease) {
		return new LockRequest(this.key, this.waitTime, lease, this.renew, this.onUnavailable, this.onLost);
	}

	/**
	 * Returns a copy whose lease is not renewed.
	 * @return the copy
	 */
	public LockRequest withoutRenewal() {
		return new LockRequest(this.key, this.waitTime, this.lease, false, this.onUnavailable, this.onLost);
	}

	/**
	 * Returns a copy with another policy for a store that does not answer.
	 * @param onUnavailable what to do
	 * @return the copy
	 */
	public LockRequest withOnUnavailable(OutagePolicy onUnavailable) {
		return new LockRequest(this.key, this.waitTime, this.lease, this.renew, onUnavailable, this.onLost);
	}

	/**
	 * Returns a copy with another policy for a lost lock.
	 * @param onLost what to do
	 * @return the copy
	 */
	public LockRequest withOnLost(LossPolicy onLost) {
		return new LockRequest(this.key, this.waitTime, this.lease, this.renew, this.onUnavailable, onLost);
	}

}
