package io.github.distributedlock.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.client.LockClient;
import io.github.distributedlock.benchmarks.fork.Latencies;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.fork.Signal;
import io.github.distributedlock.benchmarks.fork.Task;

/**
 * Threads that lock, work and unlock, as fast as they are let.
 *
 * @param contestant what locks
 * @param port Redis on the loopback interface
 * @param nodes how many nodes this JVM simulates, each with a client of its own
 * @param threads how many threads each node has
 * @param keys how many keys there are; thread number n takes key n modulo this
 * @param work how long a thread keeps a lock, asleep
 * @param pause how long a thread does something else between two cycles, asleep
 * @param warmUp how long it runs before it is measured
 * @param measured how long it is measured
 */
public record LockLoad(Contestant contestant, int port, int nodes, int threads, int keys, Duration work, Duration pause,
		Duration warmUp, Duration measured) implements Task {

	/** Cycles that ended while it was measured, by second. */
	public static final String RATE = "rate";

	/** All cycles since everybody was let go. */
	public static final String CYCLES = "cycles";

	/** How often somebody came in while somebody else was inside. */
	public static final String VIOLATIONS = "violations";

	/** How often locking or unlocking failed. */
	public static final String FAILURES = "failures";

	/** From asking for a lock to having it. */
	public static final String WAIT = "wait";

	/** Time in lock and unlock, without the work. */
	public static final String CYCLE = "cycle";

	/** From the end of one holder's work to the start of the next one's. */
	public static final String GAP = "gap";

	@Override
	public Outcome run(Signal signal) throws Exception {
		List<LockClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < this.nodes; i++) {
				clients.add(this.contestant.open(this.port));
			}
			load(clients, this.warmUp);
			signal.ready();
			Outcome outcome = load(clients, this.measured);
			signal.measured();
			return outcome;
		}
		finally {
			clients.forEach(LockClient::close);
		}
	}

	private Outcome load(List<LockClient> clients, Duration duration) throws InterruptedException {
		Room[] rooms = new Room[this.keys];
		for (int i = 0; i < rooms.length; i++) {
			rooms[i] = new Room("key-" + i);
		}
		long end = System.nanoTime() + duration.toNanos();
		List<LoadThread> threads = new ArrayList<>();
		for (LockClient client : clients) {
			for (int i = 0; i < this.threads; i++) {
				threads.add(new LoadThread(client, rooms[threads.size() % rooms.length], this.work.toNanos(),
						this.pause.toNanos(), end));
			}
		}
		threads.forEach(Thread::start);
		for (LoadThread thread : threads) {
			thread.join();
		}
		return sum(threads, duration);
	}

	private Outcome sum(List<LoadThread> threads, Duration duration) {
		Latencies waits = new Latencies();
		Latencies cycles = new Latencies();
		Latencies gaps = new Latencies();
		long inTime = 0;
		long violations = 0;
		long failures = 0;
		for (LoadThread thread : threads) {
			if (thread.failure() != null) {
				thread.failure().printStackTrace();
			}
			waits.add(thread.waits());
			cycles.add(thread.cycles());
			gaps.add(thread.gaps());
			inTime += thread.inTime();
			violations += thread.violations();
			failures += thread.failures();
		}
		if (cycles.count() == 0) {
			throw new IllegalStateException("Every cycle of %s failed".formatted(this.contestant),
					threads.get(0).failure());
		}
		return new Outcome(
				Map.of(RATE, inTime * 1e9 / duration.toNanos(), CYCLES, (double) cycles.count(), VIOLATIONS,
						(double) violations, FAILURES, (double) failures),
				Map.of(WAIT, waits.write(), CYCLE, cycles.write(), GAP, gaps.write()));
	}

}
