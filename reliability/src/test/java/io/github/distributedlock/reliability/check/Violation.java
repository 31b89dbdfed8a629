package io.github.distributedlock.reliability.check;

/**
 * A promise that was not kept.
 *
 * @param check which promise: {@code MX}, {@code EG}, {@code TK} and so on
 * @param at when, on the clock of the history
 * @param nanos for how long, if it is about a time, else 0
 * @param lock which lock, or empty
 * @param text what happened
 */
public record Violation(String check, long at, long nanos, String lock, String text) {

	/**
	 * Returns all of it, in one line.
	 * @return for people
	 */
	public String line() {
		return this.check + " " + this.lock + ": " + this.text
				+ ((this.nanos > 0) ? " (" + this.nanos / 1000 + " us)" : "");
	}

}
