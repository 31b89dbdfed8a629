package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;

/**
 * How much is done for a figure.
 *
 * @param trial whether it only has to be seen that it works
 * @param rounds how many runs of each contestant there are
 * @param warmUp how long each runs before it is measured
 * @param measured how long each is measured
 */
public record Effort(boolean trial, int rounds, Duration warmUp, Duration measured) {

	/**
	 * Returns the effort that figures need.
	 * @param rounds how many runs of each contestant there are
	 * @return the effort
	 */
	public static Effort full(int rounds) {
		return new Effort(false, rounds, Duration.ofSeconds(3), Duration.ofSeconds(2));
	}

	/**
	 * Returns the effort that shows whether it works.
	 * @return the effort
	 */
	public static Effort smoke() {
		return new Effort(true, 1, Duration.ofMillis(50), Duration.ofMillis(150));
	}

	/**
	 * Chooses a size.
	 * @param <T> the type of the size
	 * @param full for figures
	 * @param smoke to see that it works
	 * @return one of them
	 */
	<T> T choose(T full, T smoke) {
		return (this.trial) ? smoke : full;
	}

}
