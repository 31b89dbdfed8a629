package io.github.distributedlock.benchmarks.load;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a lock protects: one at a time may be inside.
 */
final class Room {

	private final String key;

	private final AtomicBoolean taken = new AtomicBoolean();

	private volatile long left;

	Room(String key) {
		this.key = key;
	}

	String key() {
		return this.key;
	}

	/**
	 * Somebody comes in.
	 * @return whether nobody was inside
	 */
	boolean enter() {
		return this.taken.compareAndSet(false, true);
	}

	/**
	 * Somebody goes out.
	 * @param now the time
	 */
	void leave(long now) {
		this.left = now;
		this.taken.set(false);
	}

	/**
	 * Returns when the last one went out.
	 * @return the time, or zero if nobody was here
	 */
	long left() {
		return this.left;
	}

}
