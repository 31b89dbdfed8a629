package io.github.distributedlock.backend;

/**
 * The answer to a renewal. An unknown outcome is not an answer: the future fails.
 */
public sealed interface Renewal {

	/**
	 * The record was extended.
	 *
	 * @param tokens the tokens added
	 * @param waitingNodes how many other nodes wait
	 */
	record Renewed(Tokens tokens, int waitingNodes) implements Renewal {
	}

	/**
	 * The record is gone, or another owner's.
	 */
	record Lost() implements Renewal {
	}

}
