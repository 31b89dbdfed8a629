package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a registry does where a request says nothing, and how it treats its store.
 *
 * @param waitTime how long to wait at most while somebody else holds the lock
 * @param lease how long the store keeps a lock without renewal; at least 500 ms
 * @param onUnavailable what to do if the store does not answer
 * @param onLost what to do with running work whose lock was lost
 * @param commandTimeout the longest that one question to the store may take
 * @param handOff whether a lock is passed on inside this node without asking the store
 * @param handOffSlice how long a node may go on passing a lock on inside itself while
 * another node waits for it; at least 1 ms
 * @param maxHold how long a caller may keep a lock in all, or {@code null} for ever
 * @param release whether the end of a lease waits for the store
 * @param breaker when the store is no longer asked because it does not answer
 * @param waiters how many callers may wait
 */
public record EngineSettings(Duration waitTime, Duration lease, OutagePolicy onUnavailable, LossPolicy onLost,
		Duration commandTimeout, boolean handOff, Duration handOffSlice, @Nullable Duration maxHold,
		ReleaseMode release, BreakerSettings breaker, WaiterLimits waiters) {

	public EngineSettings {
		require(!waitTime.isNegative(), "waitTime", waitTime, "not negative");
		require(lease.compareTo(LockRequest.SHORTEST_LEASE) >= 0, "lease", lease, "at least 500ms");
		require(!commandTimeout.isNegative() && !commandTimeout.isZero(), "commandTimeout", commandTimeout, "positive");
		require(handOffSlice.compareTo(Duration.ofMillis(1)) >= 0, "handOffSlice", handOffSlice, "at least 1ms");
		require(maxHold == null || (!maxHold.isNegative() && !maxHold.isZero()), "maxHold", maxHold, "positive");
	}

	static void require(boolean valid, String name, @Nullable Object value, String expected) {
		if (!valid) {
			throw new IllegalArgumentException("'" + name + "' must be " + expected + ", but is " + value);
		}
	}

	/**
	 * Returns the defaults: wait 5 s, lease 30 s, fail closed, throw when lost, one
	 * second for the store to answer, hand-off in slices of 20 ms, no limit of the hold
	 * time, and those of the breaker and of the waiters.
	 * @return the defaults
	 */
	public static EngineSettings defaults() {
		return new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), OutagePolicy.FAIL_CLOSED,
				LossPolicy.THROW, Duration.ofSeconds(1), true, Duration.ofMillis(20), null, ReleaseMode.SYNC,
				BreakerSettings.defaults(), WaiterLimits.defaults());
	}

}
