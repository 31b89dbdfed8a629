package io.github.distributedlock.benchmarks.fork;

import java.util.Map;

/**
 * What a task measured.
 *
 * @param numbers by name
 * @param latencies by name, as {@link Latencies} writes them
 */
public record Outcome(Map<String, Double> numbers, Map<String, String> latencies) {

	/**
	 * Returns an outcome of numbers alone.
	 * @param numbers by name
	 * @return the outcome
	 */
	public static Outcome of(Map<String, Double> numbers) {
		return new Outcome(numbers, Map.of());
	}

	/**
	 * Returns one number.
	 * @param name its name
	 * @return the number
	 */
	public double number(String name) {
		Double number = this.numbers.get(name);
		if (number == null) {
			throw new IllegalArgumentException("'" + name + "' was not measured: use one of " + this.numbers.keySet());
		}
		return number;
	}

	/**
	 * Returns latencies in nanoseconds.
	 * @param name their name
	 * @return the latencies
	 */
	public Latencies latencies(String name) {
		String text = this.latencies.get(name);
		if (text == null) {
			throw new IllegalArgumentException(
					"'" + name + "' was not measured: use one of " + this.latencies.keySet());
		}
		return Latencies.read(text);
	}

}
