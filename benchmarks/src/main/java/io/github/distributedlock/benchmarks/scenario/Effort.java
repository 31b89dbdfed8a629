package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;

/**
 * How much is done for a figure.
 *
 * @param trial whether it only has to be seen that it works
 * @param rounds how many runs of each contestant there are
 * @param neighbours how many there are of those that no figure is held against
 * @param warmUp how long each runs before it is measured
 * @param measured how long each is measured
 */
public record Effort(boolean trial, int rounds, int neighbours, Duration warmUp, Duration measured) {

	/**
	 * Returns the effort that figures need.
	 * @param rounds how many runs of each contestant there are
	 * @param neighbours how many there are of those that no figure is held against
	 * @return the effort
	 */
	public static Effort full(int rounds, int neighbours) {
		return new Effort(false, rounds, neighbours, Duration.ofSeconds(3), Duration.ofSeconds(2));
	}

	/**
	 * Returns the effort that shows whether it works.
	 * @return the effort
	 */
	public static Effort smoke() {
		return new Effort(true, 1, 1, Duration.ofMillis(50), Duration.ofMillis(150));
	}

	/**
	 * Returns how long many threads run before they are measured: they leave the
	 * compilers little of the processors.
	 * @return four times as long as few threads do
	 */
	Duration crowdedWarmUp() {
		return this.warmUp.multipliedBy(choose(4, 1));
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
