package io.github.distributedlock.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.client.LockClient;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.fork.Signal;
import io.github.distributedlock.benchmarks.fork.Task;
import io.github.distributedlock.benchmarks.server.ServerStatistics;

/**
 * Many keys, each locked and released once, and what stays of them.
 *
 * @param contestant what locks
 * @param port Redis on the loopback interface
 * @param keys how many are measured
 * @param warmUp how many go before them
 * @param rest how long nothing is locked before the heap is looked at, so that what is
 * kept for a moment only is gone
 */
public record DistinctKeys(Contestant contestant, int port, int keys, int warmUp, Duration rest) implements Task {

	/** Bytes on the heap before the keys that are measured. */
	public static final String BEFORE = "before";

	/** Bytes on the heap after half of them. */
	public static final String HALF = "half";

	/** Bytes on the heap after all of them. */
	public static final String AFTER = "after";

	/** Bytes that stay at the server for each of them. */
	public static final String SERVER = "server";

	private static final int THREADS = 16;

	@Override
	public Outcome run(Signal signal) throws Exception {
		try (LockClient client = this.contestant.open(this.port)) {
			lock(client, 0, this.warmUp);
			signal.ready();
			double before = heap();
			long server = ServerStatistics.of(this.port).memory();
			lock(client, this.warmUp, this.keys / 2);
			double half = heap();
			lock(client, this.warmUp + this.keys / 2, this.keys - this.keys / 2);
			double after = heap();
			double kept = (ServerStatistics.of(this.port).memory() - server) / (double) this.keys;
			signal.measured();
			return Outcome.of(Map.of(BEFORE, before, HALF, half, AFTER, after, SERVER, kept));
		}
	}

	private double heap() throws InterruptedException {
		Thread.sleep(this.rest.toMillis());
		return Heap.used();
	}

	private static void lock(LockClient client, int first, int count) throws Exception {
		AtomicInteger next = new AtomicInteger(first);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> done = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				done.add(threads.submit(() -> {
					for (int key = next.getAndIncrement(); key < first + count; key = next.getAndIncrement()) {
						client.lock("distinct-" + key).release();
					}
					return null;
				}));
			}
			for (Future<?> one : done) {
				one.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

}
