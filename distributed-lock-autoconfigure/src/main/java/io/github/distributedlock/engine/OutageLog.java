package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.LockKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns about work that runs unprotected: once per lock and minute.
 */
final class OutageLog {

	private static final Log logger = LogFactory.getLog(OutageLog.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final Map<LockKey, Long> warnedAt = new ConcurrentHashMap<>();

	private final AtomicLong sweepAt = new AtomicLong(INTERVAL);

	private final Ticker ticker;

	OutageLog(Ticker ticker) {
		this.ticker = ticker;
	}

	void unprotected(LockKey key, Throwable cause) {
		long now = this.ticker.nanos();
		sweep(now);
		if (isDue(key, now)) {
			logger.warn("Lock '" + key + "' fails open: the work runs unprotected across nodes, because "
					+ cause.getMessage());
		}
	}

	/**
	 * Forgets, once a minute, what was warned about long ago.
	 */
	private void sweep(long now) {
		long at = this.sweepAt.get();
		if (now >= at && this.sweepAt.compareAndSet(at, now + INTERVAL)) {
			this.warnedAt.values().removeIf((warned) -> now - warned >= INTERVAL);
		}
	}

	private boolean isDue(LockKey key, long now) {
		Long last = this.warnedAt.putIfAbsent(key, now);
		return last == null || (now - last >= INTERVAL && this.warnedAt.replace(key, last, now));
	}

}
