package io.github.distributedlock.autoconfigure;

import java.time.Duration;

import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.engine.ReleaseMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.Ordered;

/**
 * Settings of the distributed lock.
 *
 * @param enabled Whether annotated methods are locked. Otherwise they run without locks,
 * and leases from code exclude nobody.
 * @param backend Store that keeps the locks.
 * @param namespace Prefix of every lock in the store. Applications with the same
 * namespace share their locks.
 * @param waitTime Longest time to wait while somebody else holds a lock. Zero tries once.
 * @param lease Time that the store keeps a lock if its node dies or is cut off. At least
 * 500 milliseconds. Renewed while the lock is held.
 * @param onUnavailable What happens if the store cannot be reached.
 * @param onLost What happens to running work whose lock was lost.
 * @param commandTimeout Longest time that one question to the store may take.
 * @param handOff Passing a lock from caller to caller within this node.
 * @param maxHold Longest time that one caller may keep a lock in all. Without it there is
 * no limit.
 * @param release Whether the end of a locked method waits until the store has released
 * the lock. Without waiting, a loss found then is only told to listeners and the log.
 * @param breaker What happens while the store does not answer.
 * @param maxWaitersPerKey How many callers of this node may wait for one lock. Others are
 * refused at once.
 * @param maxWaiters How many callers of this node may wait for locks in all. Others are
 * refused at once.
 * @param shutdownTimeout Longest time that shutdown waits for locked methods to end.
 * @param order Order of the advice. The smaller, the further outside.
 */
@ConfigurationProperties("distributed-lock")
public record DistributedLockProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("redisson") Backend backend, @DefaultValue("dl") String namespace,
		@DefaultValue("5s") Duration waitTime, @DefaultValue("30s") Duration lease,
		@DefaultValue("fail-closed") OutagePolicy onUnavailable, @DefaultValue("throw") LossPolicy onLost,
		@DefaultValue("1s") Duration commandTimeout, @DefaultValue HandOff handOff, @Nullable Duration maxHold,
		@DefaultValue("sync") ReleaseMode release, @DefaultValue Breaker breaker,
		@DefaultValue("10000") int maxWaitersPerKey, @DefaultValue("20000") int maxWaiters,
		@DefaultValue("30s") Duration shutdownTimeout,
		@DefaultValue("" + DistributedLockProperties.DEFAULT_ORDER) int order) {

	/**
	 * Order of the advice unless configured: inside {@code @Async} and
	 * {@code @Retryable}, outside {@code @Transactional} and {@code @Cacheable}.
	 */
	static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 200;

	/**
	 * Stores that keep locks.
	 */
	public enum Backend {

		/**
		 * Redis or Valkey, through Redisson.
		 */
		REDISSON,

		/**
		 * This process alone: for tests and single-node applications.
		 */
		IN_MEMORY

	}

	/**
	 * Passing a lock from caller to caller within a node.
	 *
	 * @param enabled Whether a lock passes to the next caller in this node without asking
	 * the store.
	 * @param slice Longest time that a lock stays in this node while another node waits
	 * for it. At least 1 millisecond.
	 */
	public record HandOff(@DefaultValue("true") boolean enabled, @DefaultValue("20ms") Duration slice) {
	}

	/**
	 * What happens while the store does not answer.
	 *
	 * @param enabled Whether calls are answered at once while the store is known to be
	 * out.
	 * @param failureThreshold How many questions in a row stay unanswered before. At
	 * least 1.
	 * @param probeDelay Time until the store is first asked whether it is back. Doubled
	 * with each further probe, and varied at random.
	 * @param maxProbeDelay Longest time between two probes.
	 */
	public record Breaker(@DefaultValue("true") boolean enabled, @DefaultValue("3") int failureThreshold,
			@DefaultValue("100ms") Duration probeDelay, @DefaultValue("400ms") Duration maxProbeDelay) {
	}

}
