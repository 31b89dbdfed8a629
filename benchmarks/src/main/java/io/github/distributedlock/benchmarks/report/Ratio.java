package io.github.distributedlock.benchmarks.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One contestant against another one, or against nobody.
 *
 * @param metric what is compared
 * @param of the contestant
 * @param against the other one, or {@code null} if the value stands for itself
 * @param runs one value for each run, from the same round of both
 * @param target what it should be, if anything
 */
public record Ratio(String metric, String of, @Nullable String against, List<Double> runs, @Nullable Target target) {

	/**
	 * Returns the value in the middle.
	 * @return the median of the runs
	 */
	public double median() {
		return Median.of(this.runs);
	}

	/**
	 * Returns whether it is what it should be.
	 * @return whether the median meets the target, or {@code null} without one
	 */
	public @Nullable Boolean met() {
		return (this.target != null) ? this.target.isMetBy(median()) : null;
	}

}
