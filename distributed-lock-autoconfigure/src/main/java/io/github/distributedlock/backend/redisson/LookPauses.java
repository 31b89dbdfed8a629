package io.github.distributedlock.backend.redisson;

import java.time.Duration;

/**
 * How long to rest between two looks at the servers: twice as long each time while there
 * is something to do, and as long as possible when there is not.
 */
final class LookPauses {

	static final Duration FIRST = Duration.ofMillis(50);

	static final Duration LONGEST = Duration.ofMillis(500);

	/**
	 * A subscription that the server refuses is only known by its time-out, and each
	 * further one is an error in the client's log. What a cluster says about its shards
	 * holds as long, and what servers say about themselves.
	 */
	static final Duration LONGEST_WHEN_WELL = Duration.ofMinutes(1);

	private Duration next = FIRST;

	/**
	 * Returns how long to rest now.
	 * @param well whether there are locks, and nothing is wrong with the servers
	 * @param quiet whether the last look left nothing to do
	 */
	Duration next(boolean well, boolean quiet) {
		Duration longest = (well) ? LONGEST_WHEN_WELL : LONGEST;
		if (quiet) {
			return longest;
		}
		Duration now = (this.next.compareTo(longest) > 0) ? longest : this.next;
		this.next = now.multipliedBy(2);
		return now;
	}

	/**
	 * Something failed: the next looks come soon.
	 */
	void restart() {
		this.next = FIRST;
	}

}
