package io.github.distributedlock.benchmarks.load;

import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.benchmarks.client.LockClient;
import io.github.distributedlock.benchmarks.client.LockClient.Held;
import io.github.distributedlock.benchmarks.fork.Latencies;
import org.jspecify.annotations.Nullable;

/**
 * One thread that locks, works and unlocks until its time is over, at least once. A wait
 * that began in time is measured to its end, so that starving is seen.
 */
final class LoadThread extends Thread {

	private final LockClient client;

	private final Room room;

	private final long work;

	private final long pause;

	private final long end;

	private final Latencies waits = new Latencies();

	private final Latencies cycles = new Latencies();

	private final Latencies gaps = new Latencies();

	private long inTime;

	private long violations;

	private long failures;

	private @Nullable Exception failure;

	LoadThread(LockClient client, Room room, long work, long pause, long end) {
		super("load");
		this.client = client;
		this.room = room;
		this.work = work;
		this.pause = pause;
		this.end = end;
	}

	@Override
	public void run() {
		do {
			try {
				cycle();
			}
			catch (Exception ex) {
				this.failures++;
				this.failure = ex;
			}
		}
		while (System.nanoTime() - this.end < 0);
	}

	private void cycle() throws Exception {
		long asked = System.nanoTime();
		Held held = this.client.lock(this.room.key());
		long got = System.nanoTime();
		if (!this.room.enter()) {
			this.violations++;
		}
		long before = this.room.left();
		if (this.work > 0) {
			LockSupport.parkNanos(this.work);
		}
		long left = System.nanoTime();
		this.room.leave(left);
		held.release();
		long released = System.nanoTime();
		this.waits.record(got - asked);
		this.cycles.record((got - asked) + (released - left));
		if (before != 0) {
			this.gaps.record(got - before);
		}
		if (released - this.end < 0) {
			this.inTime++;
		}
		if (this.pause > 0) {
			LockSupport.parkNanos(this.pause);
		}
	}

	Latencies waits() {
		return this.waits;
	}

	Latencies cycles() {
		return this.cycles;
	}

	Latencies gaps() {
		return this.gaps;
	}

	long inTime() {
		return this.inTime;
	}

	long violations() {
		return this.violations;
	}

	long failures() {
		return this.failures;
	}

	/**
	 * Returns what failed last.
	 * @return the failure, if there was one
	 */
	@Nullable Exception failure() {
		return this.failure;
	}

}
