package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock that moves only when told to, and what is to happen on it.
 */
final class VirtualTime implements Ticker {

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

	private long now;

	private long number;

	@Override
	public long nanos() {
		return this.now;
	}

	void at(long moment, Runnable action) {
		this.events.add(new Event(Math.max(moment, this.now), this.number++, action));
	}

	void after(long nanos, Runnable action) {
		at(this.now + nanos, action);
	}

	/**
	 * Goes to the next event and lets it happen.
	 * @return {@code false} if there is none
	 */
	boolean step() {
		Event event = this.events.poll();
		if (event == null) {
			return false;
		}
		this.now = Math.max(this.now, event.at());
		event.action().run();
		return true;
	}

	/**
	 * Lets everything happen until a moment.
	 */
	void advance(Duration duration) {
		long until = this.now + duration.toNanos();
		while (!this.events.isEmpty() && this.events.peek().at() <= until) {
			step();
		}
		this.now = until;
	}

	/**
	 * Lets time pass and nothing happen; what was due happens with the next step.
	 */
	void skip(Duration duration) {
		this.now += duration.toNanos();
	}

	private record Event(long at, long number, Runnable action) {
	}

}
