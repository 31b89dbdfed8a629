package io.github.distributedlock.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Spreads moments, so that nodes that began together do not ask together.
 */
@FunctionalInterface
interface Jitter {

	/**
	 * Returns a random share.
	 * @param range the largest share
	 * @return between zero and the range
	 */
	long upTo(long range);

	static Jitter random() {
		return (range) -> ThreadLocalRandom.current().nextLong(range + 1);
	}

}
