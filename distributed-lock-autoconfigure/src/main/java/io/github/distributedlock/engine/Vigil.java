package io.github.distributedlock.engine;

import java.util.concurrent.Semaphore;

/**
 * Says which threads that wait may stay awake: as many at a time as there are places, and
 * none while others need the processors. That is the case when a thread that yields is
 * long without one. A thread that slept would be preferred to those others when it is
 * woken, and one that is awake is not.
 */
final class Vigil {

	/**
	 * What a scheduler lets a thread run that is not disturbed is longer than this, and
	 * whatever else makes a thread that yields wait is mostly shorter.
	 */
	private static final long LONG = 1_000_000;

	/** Others that need the processors are met again within this time. */
	private static final long SOON = 20_000_000;

	private static final long SHORTEST_PAUSE = 10_000_000;

	private static final long LONGEST_PAUSE = 1_000_000_000;

	private final Semaphore places;

	private volatile long closedUntil = -Ticker.NEVER / 2;

	private long pause;

	/**
	 * Creates a vigil.
	 * @param places one for each thread that may stay awake at the same time
	 */
	Vigil(Semaphore places) {
		this.places = places;
	}

	/**
	 * Whether a thread that was called up now could stay awake.
	 */
	boolean isOpen(long now) {
		return now >= this.closedUntil && this.places.availablePermits() > 0;
	}

	/**
	 * Lets a thread stay awake until it leaves.
	 * @return {@code false} if it has to sleep
	 */
	boolean enter(long now) {
		return now >= this.closedUntil && this.places.tryAcquire();
	}

	void leave() {
		this.places.release();
	}

	/**
	 * A thread that is awake has yielded. If that took long, nobody stays awake for a
	 * while: for 10 ms, and twice as long each time that it happens again soon, up to a
	 * second.
	 */
	void yielded(long before, long now) {
		if (now - before > LONG) {
			close(before, now);
		}
	}

	/**
	 * What several threads wait for is one reason, and not one for each of them.
	 */
	private synchronized void close(long before, long now) {
		if (before >= this.closedUntil) {
			this.pause = (now - this.closedUntil < SOON) ? Math.min(2 * this.pause, LONGEST_PAUSE) : SHORTEST_PAUSE;
			this.closedUntil = now + this.pause;
		}
	}

}
