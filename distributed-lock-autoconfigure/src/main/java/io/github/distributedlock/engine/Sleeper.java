package io.github.distributedlock.engine;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The thread of a caller that waits for its turn. It sleeps until it is woken. If it is
 * called up before that, because its turn is next and comes soon, it stays awake for a
 * moment, and sees by itself when the turn has come: to wake a thread takes longer than
 * many hold a lock.
 */
final class Sleeper {

	/**
	 * How long it stays awake, in nanoseconds: twice what an idle processor of a virtual
	 * machine needs to run a thread that was woken.
	 */
	static final long MOMENT = 50_000;

	private enum State {

		ABSENT, ASLEEP, CALLED_UP, AWAKE, WOKEN

	}

	private static final AtomicReferenceFieldUpdater<Sleeper, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(Sleeper.class, State.class, "state");

	private volatile State state = State.ABSENT;

	private volatile @Nullable Thread thread;

	/**
	 * Lets the current thread wait.
	 * @param until the moment at which it has waited for long enough
	 * @param vigil says whether it may stay awake
	 * @return {@code true} if it was woken
	 * @throws InterruptedException if it was interrupted
	 */
	boolean sleep(long until, Ticker ticker, Vigil vigil) throws InterruptedException {
		this.thread = Thread.currentThread();
		STATE.compareAndSet(this, State.ABSENT, State.ASLEEP);
		for (State now = this.state; now != State.WOKEN; now = this.state) {
			if (Thread.interrupted()) {
				leave();
				throw new InterruptedException();
			}
			long left = until - ticker.nanos();
			if (left <= 0) {
				return !leave();
			}
			if (now == State.ASLEEP) {
				park(left);
			}
			else if (STATE.compareAndSet(this, State.CALLED_UP, State.AWAKE)) {
				stayAwake(until, ticker, vigil);
				STATE.compareAndSet(this, State.AWAKE, State.ASLEEP);
			}
		}
		return true;
	}

	/**
	 * Sleeps. A pool that this thread belongs to may need another one meanwhile.
	 */
	private void park(long nanos) throws InterruptedException {
		if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
			ForkJoinPool.managedBlock(new Park(nanos));
		}
		else {
			LockSupport.parkNanos(this, nanos);
		}
	}

	/**
	 * Yields to whoever has work, since that may be the holder.
	 */
	private void stayAwake(long end, Ticker ticker, Vigil vigil) {
		long now = ticker.nanos();
		if (!vigil.enter(now)) {
			return;
		}
		try {
			long until = Math.min(now + MOMENT, end);
			while (this.state == State.AWAKE && now < until) {
				Thread.yield();
				long before = now;
				now = ticker.nanos();
				vigil.yielded(before, now);
			}
		}
		finally {
			vigil.leave();
		}
	}

	/**
	 * Nobody wakes a thread that no longer sleeps here.
	 * @return {@code false} if it was woken before
	 */
	private boolean leave() {
		return STATE.getAndUpdate(this, (now) -> (now == State.WOKEN) ? now : State.ABSENT) != State.WOKEN;
	}

	/**
	 * Has the thread stay awake for a moment, also if it is yet to come.
	 */
	void callUp() {
		if (STATE.compareAndSet(this, State.ASLEEP, State.CALLED_UP)) {
			LockSupport.unpark(this.thread);
		}
		else {
			STATE.compareAndSet(this, State.ABSENT, State.CALLED_UP);
		}
	}

	/**
	 * Wakes the thread for good, whether it sleeps or is yet to come. May be repeated.
	 * One that was called up may still sleep.
	 */
	void wake() {
		State before = STATE.getAndSet(this, State.WOKEN);
		if (before != State.ABSENT && before != State.AWAKE) {
			LockSupport.unpark(this.thread);
		}
	}

	private final class Park implements ForkJoinPool.ManagedBlocker {

		private final long nanos;

		Park(long nanos) {
			this.nanos = nanos;
		}

		@Override
		public boolean block() {
			LockSupport.parkNanos(Sleeper.this, this.nanos);
			return true;
		}

		@Override
		public boolean isReleasable() {
			return Sleeper.this.state != State.ASLEEP;
		}

	}

}
