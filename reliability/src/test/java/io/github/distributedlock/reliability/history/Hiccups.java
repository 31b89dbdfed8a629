package io.github.distributedlock.reliability.history;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Notices that this process was starved: a thread that wants to sleep for a moment sleeps
 * for much longer.
 */
public final class Hiccups {

	private static final long MOMENT = 10_000_000;

	private static final long STARVED = 40_000_000;

	private Hiccups() {
	}

	/**
	 * Watches until the process ends.
	 * @param starved receives for how many nanoseconds, until now
	 */
	public static void watch(LongConsumer starved) {
		Thread thread = new Thread(() -> {
			while (true) {
				long before = System.nanoTime();
				LockSupport.parkNanos(MOMENT);
				long slept = System.nanoTime() - before;
				if (slept > STARVED) {
					starved.accept(slept);
				}
			}
		}, "hiccups");
		thread.setDaemon(true);
		thread.start();
	}

}
