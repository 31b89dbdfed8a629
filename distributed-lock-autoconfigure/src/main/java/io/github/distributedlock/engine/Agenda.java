package io.github.distributedlock.engine;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * When the keeper has to look at which queue, so that it looks at no other. Queues
 * announce themselves on any thread, the keeper alone reads.
 * <p>
 * A queue announces only what is earlier than what it announced before. What became later
 * is found out by the look, which costs less than to keep everything exact at each event.
 */
final class Agenda {

	/**
	 * The longest time from an announcement to its look, so that a key that is done with
	 * does not stay here for as long as its lease would have lasted.
	 */
	static final long HORIZON = 10_000_000_000L;

	private final Queue<Look> announced = new ConcurrentLinkedQueue<>();

	private final PriorityQueue<Look> looks = new PriorityQueue<>();

	void announce(KeyQueue queue, long at) {
		this.announced.add(new Look(queue, at));
	}

	/**
	 * Takes in what was announced until now, and lets queues rest that can.
	 * @return when the first look is due
	 */
	long update() {
		for (Look look = this.announced.poll(); look != null; look = this.announced.poll()) {
			this.looks.add(look);
			look.queue().rest();
		}
		Look first = this.looks.peek();
		return (first != null) ? first.at() : Ticker.NEVER;
	}

	/**
	 * Removes the first look that is due, of those taken in.
	 */
	@Nullable Look poll(long now) {
		Look first = this.looks.peek();
		return (first != null && first.at() <= now) ? this.looks.poll() : null;
	}

	/**
	 * A look at a queue.
	 *
	 * @param queue the queue
	 * @param at when, at the earliest
	 */
	record Look(KeyQueue queue, long at) implements Comparable<Look> {

		@Override
		public int compareTo(Look other) {
			return Long.compare(this.at, other.at);
		}

	}

}
