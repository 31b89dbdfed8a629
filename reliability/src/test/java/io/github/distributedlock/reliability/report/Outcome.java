package io.github.distributedlock.reliability.report;

import java.util.List;

/**
 * One scenario of one run.
 *
 * @param row the row of the fault matrix
 * @param name what was done
 * @param expected what was expected
 * @param observed what was seen
 * @param verdict what became of it
 * @param failures what was not as expected
 */
public record Outcome(String row, String name, String expected, String observed, Verdict verdict,
		List<String> failures) {

	/**
	 * Returns this outcome with what the checker found later.
	 * @param violations what was violated meanwhile
	 * @return the outcome
	 */
	public Outcome with(List<String> violations) {
		if (violations.isEmpty()) {
			return this;
		}
		List<String> all = new java.util.ArrayList<>(this.failures);
		violations.stream().limit(5).forEach(all::add);
		return new Outcome(this.row, this.name, this.expected, this.observed, Verdict.VIOLATED, all);
	}

}
