package io.github.distributedlock.benchmarks.report;

/**
 * What a value should be.
 *
 * @param least whether {@code value} is the least that it should be, or the most
 * @param value the limit
 */
public record Target(boolean least, double value) {

	/**
	 * Returns a lower limit.
	 * @param value the least
	 * @return the target
	 */
	public static Target atLeast(double value) {
		return new Target(true, value);
	}

	/**
	 * Returns an upper limit.
	 * @param value the most
	 * @return the target
	 */
	public static Target atMost(double value) {
		return new Target(false, value);
	}

	boolean isMetBy(double measured) {
		return (this.least) ? measured >= this.value : measured <= this.value;
	}

}
