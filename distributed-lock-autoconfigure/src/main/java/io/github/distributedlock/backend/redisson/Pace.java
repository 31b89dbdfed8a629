package io.github.distributedlock.backend.redisson;

import java.util.function.LongSupplier;

/**
 * How many calls of a lane may be under way: few while answers come at once, so that what
 * arrives meanwhile leaves together, and more the longer they take, so that a lane
 * carries as much over a long distance.
 */
final class Pace {

	/** While the server answers one call, the next one arrives. */
	static final int OVERLAPPING = 2;

	/** Whoever asks for something else meanwhile waits for one call at most. */
	static final int ONE_BY_ONE = 1;

	/** Twice as many carried no more, ten milliseconds away. */
	static final int MOST = 8;

	/** A call that takes this much longer lets another one leave beside it. */
	static final long NANOS_FOR_ONE_MORE = 1_500_000;

	private static final int CALLS_TO_BELIEVE = 16;

	private final int fewest;

	private final LongSupplier clock;

	/** Nanoseconds there and back. */
	private volatile long distance;

	private long quickest = Long.MAX_VALUE;

	private int calls;

	/**
	 * Creates the pace.
	 * @param fewest how many calls may be under way while answers come at once
	 * @param clock tells the time in nanoseconds
	 */
	Pace(int fewest, LongSupplier clock) {
		this.fewest = fewest;
		this.clock = clock;
	}

	int mostUnderWay() {
		return (int) Math.min(MOST, this.fewest + this.distance / NANOS_FOR_ONE_MORE);
	}

	/**
	 * Returns the moment at which a call leaves.
	 */
	long leave() {
		return this.clock.getAsLong();
	}

	/**
	 * A call is over. How far the server is, the quickest of some calls tells: others may
	 * have waited for a pause of this process, or for the server.
	 * @param left when it left
	 */
	synchronized void arrived(long left) {
		long took = this.clock.getAsLong() - left;
		this.quickest = Math.min(this.quickest, took);
		if (took < this.distance) {
			this.distance = took;
		}
		if (++this.calls == CALLS_TO_BELIEVE) {
			this.distance = this.quickest;
			this.quickest = Long.MAX_VALUE;
			this.calls = 0;
		}
	}

}
