package io.github.distributedlock.reliability.node;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one call does.
 *
 * @param lock which lock
 * @param mode how it is locked
 * @param millis how long its work takes
 * @param extras what else
 */
record Plan(String lock, Mode mode, long millis, Set<Extra> extras) {

	static Plan of(String lock, Mode mode, long millis, Extra... extras) {
		return new Plan(lock, mode, millis, Set.of(extras));
	}

	/**
	 * Reads a plan.
	 * @param words lock, mode, milliseconds and extras
	 * @return the plan
	 */
	static Plan parse(String... words) {
		return new Plan(words[0], Mode.valueOf(words[1]), Long.parseLong(words[2]),
				Arrays.stream(words).skip(3).map(Extra::valueOf).collect(Collectors.toSet()));
	}

	boolean has(Extra extra) {
		return this.extras.contains(extra);
	}

	enum Extra {

		/** Changes what is protected: reads first, writes last. */
		WRITE,

		/** Enters the lock again. */
		REENTER,

		/** Goes on after a loss, as code that never asks. */
		STUBBORN,

		/** Ends with an exception of its own. */
		THROW,

		/** Ends with an error of its own. */
		ERROR,

		/**
		 * Holds a lease without a flow, while another task of its thread wants the lock.
		 */
		POOLED,

		/** Ends the JVM. */
		EXIT,

		/** Interrupts its own thread before it ends. */
		INTERRUPT_ITSELF,

		/** Has a listener that throws, and one that never returns. */
		BAD_LISTENERS,

		/** Asks its lease only once, at the end. */
		QUIET

	}

}
