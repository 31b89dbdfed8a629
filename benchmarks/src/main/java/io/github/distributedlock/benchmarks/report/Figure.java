package io.github.distributedlock.benchmarks.report;

import java.util.List;

/**
 * What was measured of one contestant.
 *
 * @param contestant what was measured
 * @param metric what of it
 * @param unit its unit
 * @param runs one value for each run
 */
public record Figure(String contestant, String metric, String unit, List<Double> runs) {

	/**
	 * Returns the value in the middle.
	 * @return the median of the runs
	 */
	public double median() {
		return Median.of(this.runs);
	}

}
