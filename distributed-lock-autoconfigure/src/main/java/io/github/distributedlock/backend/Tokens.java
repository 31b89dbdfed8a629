package io.github.distributedlock.backend;

/**
 * Consecutive fencing tokens that the store reserved.
 *
 * @param first the smallest
 * @param count how many, possibly none
 */
public record Tokens(long first, int count) {

	/**
	 * No tokens.
	 */
	public static final Tokens NONE = new Tokens(0, 0);

}
