package io.github.distributedlock.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs the keeper when something is due. It is woken only for what is due before it would
 * wake by itself, so that a caller with a question that is answered in time costs it
 * nothing.
 */
final class KeeperThread implements LongConsumer {

	private static final Log logger = LogFactory.getLog(KeeperThread.class);

	private static final long QUANTUM = 10_000_000L;

	/** A sleep of the machine is noticed within this time after it. */
	private static final long LONGEST_PAUSE = 1_000_000_000L;

	private final LeaseKeeper keeper;

	private final Ticker ticker;

	private final Thread thread;

	private final AtomicLong requested = new AtomicLong(Ticker.NEVER);

	private volatile long wakeAt = Ticker.NEVER;

	private volatile boolean stopped;

	KeeperThread(LeaseKeeper keeper, Ticker ticker) {
		this.keeper = keeper;
		this.ticker = ticker;
		this.thread = new Thread(this::run, "distributed-lock-keeper");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

	@Override
	public void accept(long due) {
		if (due < this.wakeAt) {
			this.requested.accumulateAndGet(due, Math::min);
			LockSupport.unpark(this.thread);
		}
	}

	private void run() {
		while (!this.stopped) {
			this.wakeAt = Ticker.NEVER;
			this.requested.set(Ticker.NEVER);
			long next = Math.min(pass(), this.requested.get());
			long now = this.ticker.nanos();
			if (next == Ticker.NEVER) {
				LockSupport.park(this);
				continue;
			}
			long wake = Math.max(Math.min(next, now + LONGEST_PAUSE), now + QUANTUM);
			this.wakeAt = wake;
			LockSupport.parkNanos(this, wake - now);
		}
	}

	private long pass() {
		try {
			return this.keeper.pass();
		}
		catch (RuntimeException | Error ex) {
			logger.error("The locks of this node were not looked after, and will be soon", ex);
			return this.ticker.nanos() + 10 * QUANTUM;
		}
	}

}
