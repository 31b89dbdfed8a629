package io.github.distributedlock.reliability.report;

/**
 * What became of a scenario.
 */
public enum Verdict {

	/** As expected, and nothing was violated. */
	HOLDS,

	/** Something was not as expected. */
	VIOLATED,

	/** The fault was not seen to have an effect, so nothing was shown. */
	INCONCLUSIVE

}
