package io.github.distributedlock.reliability.resource;

/**
 * A number that its writers read, raise and write back: once as it comes, and once behind
 * a fence, so that one run tells both. A fence counts for reads, too: what was read under
 * a smaller token than one that was seen must not be written.
 */
final class Register {

	private long plain;

	private long fenced;

	private long largest;

	/**
	 * Begins a change.
	 * @param token the token, or 0 if there is none
	 * @return both numbers
	 */
	synchronized long[] read(long token) {
		this.largest = Math.max(this.largest, token);
		return new long[] { this.plain, this.fenced };
	}

	/**
	 * Ends a change.
	 * @param token the token, or 0 if there is none
	 * @param readPlain what was read
	 * @param readFenced what was read
	 * @return what became of it
	 */
	synchronized Written write(long token, long readPlain, long readFenced) {
		long before = this.largest;
		long lost = this.plain - readPlain;
		this.plain = readPlain + 1;
		if (token == 0 || token < before) {
			return new Written(before, ((token == 0) ? "unfenced " : "refused ") + lost + " 0");
		}
		long lostBehindFence = this.fenced - readFenced;
		this.fenced = readFenced + 1;
		this.largest = token;
		return new Written(before, "accepted " + lost + " " + lostBehindFence);
	}

	/**
	 * What became of a change.
	 *
	 * @param largest the largest token seen before
	 * @param text accepted, refused or unfenced, and how many changes were overwritten
	 * without the fence and behind it
	 */
	record Written(long largest, String text) {
	}

}
