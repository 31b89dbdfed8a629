package io.github.distributedlock.backend.redisson;

import java.util.concurrent.TimeUnit;

/**
 * When a renewal looks after the lock's fence, too. A fence is kept for seven days from
 * the last time that tokens were reserved, and extended once half of that is over, so to
 * look at it with each renewal would almost always be in vain.
 */
final class FenceUpkeep {

	/** Renewed so seldom that the fence does not matter. */
	private static final long LONG_LEASE = TimeUnit.MINUTES.toMillis(1);

	/** Each shorter lease is renewed several times meanwhile. */
	private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

	/** A store that is out for one window is back before the fence is over. */
	private static final long PERIOD = TimeUnit.HOURS.toNanos(12);

	private FenceUpkeep() {
	}

	/**
	 * Whether a renewal looks after the fence.
	 * @param lease milliseconds
	 * @param now on the clock of this process
	 */
	static boolean isDue(long lease, long now) {
		return lease > LONG_LEASE || Math.floorMod(now, PERIOD) < WINDOW;
	}

}
