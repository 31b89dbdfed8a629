package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A request with every setting decided. Times are nanoseconds.
 */
record Terms(LockKey key, long waitTime, long lease, boolean renew, OutagePolicy onUnavailable, LossPolicy onLost,
		long maxHold) {

	private static final Duration ENDLESS = Duration.ofDays(36500);

	static Terms of(LockRequest request, EngineSettings settings, Limits limits) {
		Duration lease = orElse(request.lease(), settings.lease());
		if (lease.compareTo(limits.longestLease()) > 0 || lease.compareTo(limits.shortestLease()) < 0) {
			throw new IllegalArgumentException("The lease of lock '" + request.key() + "' is " + lease
					+ ": the store keeps locks for " + limits.shortestLease() + " to " + limits.longestLease());
		}
		return new Terms(request.key(), nanos(orElse(request.waitTime(), settings.waitTime())), nanos(lease),
				request.renew(), (request.onUnavailable() != null) ? request.onUnavailable() : settings.onUnavailable(),
				(request.onLost() != null) ? request.onLost() : settings.onLost(),
				(settings.maxHold() != null) ? nanos(settings.maxHold()) : Ticker.NEVER);
	}

	private static Duration orElse(@Nullable Duration value, Duration otherwise) {
		return (value != null) ? value : otherwise;
	}

	static long nanos(Duration duration) {
		return (duration.compareTo(ENDLESS) < 0) ? duration.toNanos() : Ticker.NEVER / 2;
	}

}
