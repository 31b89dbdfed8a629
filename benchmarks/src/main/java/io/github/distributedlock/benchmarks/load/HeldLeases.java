package io.github.distributedlock.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.client.LockClient;
import io.github.distributedlock.benchmarks.client.LockClient.Held;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.fork.Signal;
import io.github.distributedlock.benchmarks.fork.Task;
import io.github.distributedlock.benchmarks.server.ServerStatistics;

/**
 * A node that holds many locks at once, and what that costs: itself, its server and its
 * other callers.
 * <p>
 * Its client has locked nothing before: whenever Redisson locks again after all was
 * unlocked, it starts another chain of renewals of everything, while those before go on.
 * Two thousand cycles later the same locks cost the server fifty times as much.
 *
 * @param contestant what locks
 * @param port Redis on the loopback interface
 * @param leases how many are held
 * @param phase how long each of two phases takes: held with a caller, idle with a caller.
 * Before them all are held alone, three times as long, so that little depends on when the
 * first renewals come
 */
public record HeldLeases(Contestant contestant, int port, int leases, Duration phase) implements Task {

	/** What nobody waited for is done by then, by any of the contestants. */
	private static final Duration SETTLING = Duration.ofSeconds(1);

	/** Bytes on the heap for one lock that is held for a second or longer. */
	public static final String HEAP = "heap";

	/** Seconds of server time for a minute of holding. */
	public static final String CPU = "cpu";

	/** 99th percentile of acquiring something else, in microseconds, nothing held. */
	public static final String IDLE = "idle";

	/** The same in the worst second. */
	public static final String IDLE_WORST = "idle, worst second";

	/** 99th percentile of acquiring something else, in microseconds, all held. */
	public static final String HOLDING = "holding";

	/** The same in the worst second. */
	public static final String HOLDING_WORST = "holding, worst second";

	@Override
	public Outcome run(Signal signal) throws Exception {
		try (LockClient warming = this.contestant.open(this.port)) {
			Probe.run(warming, this.phase.dividedBy(4));
		}
		try (LockClient client = this.contestant.open(this.port)) {
			signal.ready();
			double before = Heap.used();
			List<Held> held = new ArrayList<>(this.leases);
			for (int i = 0; i < this.leases; i++) {
				held.add(client.lock("held-" + i));
			}
			Thread.sleep(SETTLING.toMillis());
			double heap = (Heap.used() - before) / this.leases;
			double cpu = cpu();
			Probe holding = Probe.run(client, this.phase);
			for (Held one : held) {
				one.release();
			}
			Probe idle = Probe.run(client, this.phase);
			signal.measured();
			return Outcome.of(Map.of(HEAP, heap, CPU, cpu, IDLE, idle.acquire().micros(99), IDLE_WORST,
					idle.worstSecond(), HOLDING, holding.acquire().micros(99), HOLDING_WORST, holding.worstSecond()));
		}
	}

	private double cpu() throws Exception {
		double before = ServerStatistics.of(this.port).cpuSeconds();
		Duration alone = this.phase.multipliedBy(3);
		Thread.sleep(alone.toMillis());
		double used = ServerStatistics.of(this.port).cpuSeconds() - before;
		return used * 60_000 / alone.toMillis();
	}

}
