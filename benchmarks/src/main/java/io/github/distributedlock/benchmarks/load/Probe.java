package io.github.distributedlock.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.benchmarks.client.LockClient;
import io.github.distributedlock.benchmarks.client.LockClient.Held;
import io.github.distributedlock.benchmarks.fork.Latencies;

/**
 * A caller that locks a free key about each millisecond.
 *
 * @param acquire how long it took to acquire
 * @param worstSecond 99th percentile, in microseconds, of the second with the worst one
 */
record Probe(Latencies acquire, double worstSecond) {

	private static final long SECOND = 1_000_000_000;

	static Probe run(LockClient client, Duration duration) throws Exception {
		Latencies all = new Latencies();
		Latencies current = new Latencies();
		double worst = 0;
		long start = System.nanoTime();
		long second = start;
		for (long now = start; now - start < duration.toNanos(); now = System.nanoTime()) {
			if (now - second > SECOND) {
				worst = Math.max(worst, current.micros(99));
				all.add(current);
				current = new Latencies();
				second = now;
			}
			Held held = client.lock("probe");
			current.record(System.nanoTime() - now);
			held.release();
			LockSupport.parkNanos(SECOND / 1000);
		}
		return new Probe(all.add(current), Math.max(worst, current.micros(99)));
	}

}
