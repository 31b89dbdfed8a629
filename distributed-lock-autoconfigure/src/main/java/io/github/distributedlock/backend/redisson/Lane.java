package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to one shard. A question leaves at once when the lane is idle; those that
 * arrive while others are under way leave together when an answer is there. One that was
 * given up before is dropped.
 */
final class Lane {

	/**
	 * So many questions hold the server for half a millisecond, if they are asked one by
	 * one.
	 */
	static final int LONGEST_BATCH = 64;

	/**
	 * So many renewals hold it for a quarter of a millisecond, while all of the locks are
	 * held and most leases are of one length.
	 */
	static final int MOST_RENEWALS = 125;

	private final int longestBatch;

	private final Pace pace;

	private final Transport transport;

	private final Queue<RedisQuestion<?>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger underWay = new AtomicInteger();

	private final AtomicInteger calls = new AtomicInteger();

	/**
	 * Creates the lane.
	 * @param longestBatch how many questions leave together at most
	 * @param pace how many times they do so before an answer is there
	 * @param transport sends them
	 */
	Lane(int longestBatch, Pace pace, Transport transport) {
		this.longestBatch = longestBatch;
		this.pace = pace;
		this.transport = transport;
	}

	void send(RedisQuestion<?> question) {
		add(question);
		depart();
	}

	/**
	 * Adds a question to those that leave at the next departure.
	 */
	void add(RedisQuestion<?> question) {
		this.waiting.add(question);
	}

	private void arrived(long left) {
		this.pace.arrived(left);
		this.underWay.decrementAndGet();
		depart();
	}

	/**
	 * Sends what waits, as far as there is room. Runs in one thread at a time; who comes
	 * meanwhile leaves the work to it.
	 */
	void depart() {
		if (this.calls.getAndIncrement() > 0) {
			return;
		}
		int seen;
		do {
			seen = this.calls.get();
			while (this.underWay.get() < this.pace.mostUnderWay() && sendNext()) {
				seen = this.calls.get();
			}
		}
		while (this.calls.addAndGet(-seen) > 0);
	}

	private boolean sendNext() {
		List<RedisQuestion<?>> batch = new ArrayList<>();
		RedisQuestion<?> next;
		while (batch.size() < this.longestBatch && (next = this.waiting.poll()) != null) {
			if (next.depart()) {
				batch.add(next);
			}
		}
		if (batch.isEmpty()) {
			return false;
		}
		this.underWay.incrementAndGet();
		long left = this.pace.leave();
		this.transport.send(batch, () -> arrived(left));
		return true;
	}

	/**
	 * Sends questions.
	 */
	interface Transport {

		/**
		 * Sends questions together. Never throws.
		 * @param questions what to send, at least one
		 * @param arrived called once when nothing more is expected, before the answers
		 * are given to those that asked
		 */
		void send(List<RedisQuestion<?>> questions, Runnable arrived);

	}

}
