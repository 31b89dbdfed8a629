package io.github.distributedlock.reliability.scenario;

/**
 * A fault, and what is expected of it.
 *
 * @param name what is done
 * @param row the row of the fault matrix
 * @param expected what must be seen
 * @param admits which checks may find something while its effects last, because the
 * documentation says so
 * @param fault does it
 */
public record Scenario(String name, String row, String expected, String admits, Fault fault) {

	static Scenario of(String row, String name, String expected, Fault fault) {
		return new Scenario(name, row, expected, "", fault);
	}

	Scenario admitting(String checks) {
		return new Scenario(this.name, this.row, this.expected, checks, this.fault);
	}

	/**
	 * Does something to a fleet, and looks what happens.
	 */
	@FunctionalInterface
	interface Fault {

		/**
		 * Does it.
		 * @param probe what it is done with
		 */
		void inject(Probe probe);

	}

}
