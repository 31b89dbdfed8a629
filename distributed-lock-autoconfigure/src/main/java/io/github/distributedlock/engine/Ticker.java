package io.github.distributedlock.engine;

/**
 * The engine's only notion of time: monotonic, with an origin of its own.
 */
@FunctionalInterface
interface Ticker {

	/**
	 * A moment that never comes.
	 */
	long NEVER = Long.MAX_VALUE;

	/**
	 * Returns the time since the origin.
	 * @return nanoseconds, never negative
	 */
	long nanos();

	/**
	 * Returns the machine's monotonic clock, from zero, so that moments can be compared
	 * as numbers.
	 * @return the ticker
	 */
	static Ticker system() {
		long origin = System.nanoTime();
		return () -> System.nanoTime() - origin;
	}

}
