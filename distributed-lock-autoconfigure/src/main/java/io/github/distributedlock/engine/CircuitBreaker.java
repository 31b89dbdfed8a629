package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.function.LongConsumer;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the store answers. It opens after a run of unanswered questions, and
 * closes with the first answer, whatever was asked. While it is open, probes ask the
 * store, later each time and never at the same moment as those of other nodes.
 * <p>
 * Questions that fail together because one connection broke count once. One that met
 * silence counts for itself, whoever else met it.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(CircuitBreaker.class);

	private static final long WARNING_INTERVAL = Duration.ofMinutes(1).toNanos();

	private final int threshold;

	private final long firstPause;

	private final long longestPause;

	private final long patience;

	private final Ticker ticker;

	private final Jitter jitter;

	private final LongConsumer alarm;

	private volatile int run;

	private volatile @Nullable BackendUnavailableException refusal;

	private @Nullable LockKey unanswered;

	private long countedAt;

	private long answeredAt;

	private long openedAt;

	private long warnAt;

	private long probeAt = Ticker.NEVER;

	private long pause;

	/**
	 * Creates a closed breaker.
	 * @param patience how long one question may take
	 * @param alarm told when a probe is due
	 */
	CircuitBreaker(BreakerSettings settings, long patience, Ticker ticker, Jitter jitter, LongConsumer alarm) {
		this.threshold = (settings.enabled()) ? settings.failureThreshold() : Integer.MAX_VALUE;
		this.firstPause = settings.probeDelay().toNanos();
		this.longestPause = settings.maxProbeDelay().toNanos();
		this.patience = patience;
		this.ticker = ticker;
		this.jitter = jitter;
		this.alarm = alarm;
	}

	/**
	 * Returns what callers are told instead of asking the store, or {@code null} while it
	 * may be asked.
	 */
	@Nullable BackendUnavailableException refusal() {
		return this.refusal;
	}

	/**
	 * The store answered, if only that it refuses to serve, or what failed is no outage.
	 */
	void answered() {
		if (this.run > 0) {
			close();
		}
	}

	private synchronized void close() {
		long now = this.ticker.nanos();
		if (this.refusal != null) {
			logger.info("The store of the locks answers again after " + (now - this.openedAt) / 1_000_000 + " ms");
		}
		this.run = 0;
		this.refusal = null;
		this.answeredAt = now;
		this.probeAt = Ticker.NEVER;
	}

	/**
	 * A question was not answered.
	 * @param key what it was about
	 * @param askedAt the moment before it was sent
	 * @param cause what the store did instead
	 */
	synchronized void failed(LockKey key, long askedAt, Throwable cause) {
		long now = this.ticker.nanos();
		boolean silent = now - askedAt >= this.patience / 2;
		boolean together = this.run > 0 && askedAt < this.countedAt && !silent;
		if (this.refusal != null || askedAt < this.answeredAt || together) {
			return;
		}
		this.countedAt = now;
		this.unanswered = key;
		if (++this.run >= this.threshold) {
			open(now, cause);
		}
	}

	private void open(long now, Throwable cause) {
		this.refusal = new BackendUnavailableException("the store did not answer " + this.run
				+ " questions in a row, and nobody asks until it is back; last, " + cause.getMessage(), false, cause);
		this.openedAt = now;
		this.pause = this.firstPause;
		warn(now, cause);
		plan(now);
	}

	private void warn(long now, Throwable cause) {
		if (now >= this.warnAt) {
			this.warnAt = now + WARNING_INTERVAL;
			logger.warn("The store of the locks is out: calls are answered at once until it is back. Last, "
					+ cause.getMessage());
		}
	}

	private void plan(long now) {
		this.probeAt = now + this.pause - this.jitter.upTo(this.pause / 2);
		this.pause = Math.min(2 * this.pause, this.longestPause);
		this.alarm.accept(this.probeAt);
	}

	/**
	 * Begins a probe if one is due.
	 * @return what to ask the store about, or {@code null} if nothing is due
	 */
	synchronized @Nullable LockKey beginProbe(long now) {
		if (now < this.probeAt) {
			return null;
		}
		this.probeAt = now + this.patience;
		return this.unanswered;
	}

	/**
	 * The last probe was not answered.
	 */
	synchronized void probeFailed() {
		if (this.refusal != null) {
			plan(this.ticker.nanos());
		}
	}

	/**
	 * Returns when the next probe is due.
	 */
	synchronized long due() {
		return this.probeAt;
	}

}
