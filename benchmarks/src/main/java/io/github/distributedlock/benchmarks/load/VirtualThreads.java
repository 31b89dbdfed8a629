package io.github.distributedlock.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.client.LockClient;
import io.github.distributedlock.benchmarks.client.LockClient.Held;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.fork.Signal;
import io.github.distributedlock.benchmarks.fork.Task;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * Virtual threads that wait for locks. Needs Java 21.
 *
 * @param contestant what locks
 * @param port Redis on the loopback interface
 * @param threads how many wait
 * @param keys how many locks they wait for
 */
public record VirtualThreads(Contestant contestant, int port, int threads, int keys) implements Task {

	/** How many got their lock. */
	public static final String SERVED = "served";

	/** Seconds from the first release to the last one. */
	public static final String SECONDS = "seconds";

	/** The most platform threads at any time, beyond those of the connected client. */
	public static final String PLATFORM_THREADS = "platform threads";

	/** How often a virtual thread was pinned for a millisecond or longer. */
	public static final String PINNED = "pinned";

	private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

	private static final String PINNED_EVENT = "jdk.VirtualThreadPinned";

	@Override
	public Outcome run(Signal signal) throws Exception {
		try (LockClient client = this.contestant.open(this.port); Recording recording = new Recording()) {
			client.lock("warm-up").release();
			signal.ready();
			recording.enable(PINNED_EVENT).withThreshold(java.time.Duration.ofMillis(1));
			recording.start();
			ThreadMXBean platform = ManagementFactory.getThreadMXBean();
			platform.resetPeakThreadCount();
			int threadsBefore = platform.getThreadCount();
			double[] result = waitAndServe(client);
			recording.stop();
			int peak = platform.getPeakThreadCount() - threadsBefore;
			signal.measured();
			return Outcome.of(Map.of(SERVED, result[0], SECONDS, result[1], PLATFORM_THREADS, (double) peak, PINNED,
					(double) pinned(recording)));
		}
	}

	private double[] waitAndServe(LockClient client) throws Exception {
		List<Held> held = new ArrayList<>();
		for (int i = 0; i < this.keys; i++) {
			held.add(client.lock("virtual-" + i));
		}
		ExecutorService executor = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		CountDownLatch started = new CountDownLatch(this.threads);
		List<Future<?>> waiting = new ArrayList<>();
		for (int i = 0; i < this.threads; i++) {
			String key = "virtual-" + (i % this.keys);
			waiting.add(executor.submit(() -> {
				started.countDown();
				client.lock(key).release();
				return null;
			}));
		}
		started.await();
		LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
		long start = System.nanoTime();
		for (Held one : held) {
			one.release();
		}
		double served = 0;
		long end = start + PATIENCE;
		for (Future<?> one : waiting) {
			served += isServed(one, end - System.nanoTime()) ? 1 : 0;
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		executor.shutdownNow();
		return new double[] { served, seconds };
	}

	private static boolean isServed(Future<?> one, long nanos) throws InterruptedException {
		try {
			one.get(nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
	}

	private static long pinned(Recording recording) throws Exception {
		Path file = Files.createTempFile("pinned", ".jfr");
		try {
			recording.dump(file);
			return RecordingFile.readAllEvents(file)
				.stream()
				.filter((event) -> event.getEventType().getName().equals(PINNED_EVENT))
				.count();
		}
		finally {
			Files.delete(file);
		}
	}

}
