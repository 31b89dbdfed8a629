package io.github.distributedlock.backend;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a renewal. An unknown outcome is not an answer: the future fails.
 */
public sealed interface Renewal {

	/**
	 * The record was extended.
	 *
	 * @param tokens the tokens added
	 * @param waitingNodes how many other nodes wait, or {@code null} if that is not
	 * known, because nobody asked for it
	 */
	record Renewed(Tokens tokens, @Nullable Integer waitingNodes) implements Renewal {
	}

	/**
	 * The record is gone, or another owner's.
	 */
	record Lost() implements Renewal {
	}

}
