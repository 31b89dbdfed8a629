package io.github.distributedlock.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the callers of a node that wait, for any lock. Who is answered at once never
 * counts.
 */
final class Waiters {

	private final int limit;

	private final AtomicInteger waiting = new AtomicInteger();

	Waiters(int limit) {
		this.limit = limit;
	}

	int limit() {
		return this.limit;
	}

	boolean isFull() {
		return this.waiting.get() >= this.limit;
	}

	/**
	 * Lets a caller wait, if one more may.
	 * @return {@code false} if there are too many
	 */
	boolean enter() {
		if (this.waiting.incrementAndGet() <= this.limit) {
			return true;
		}
		leave();
		return false;
	}

	void leave() {
		this.waiting.decrementAndGet();
	}

}
