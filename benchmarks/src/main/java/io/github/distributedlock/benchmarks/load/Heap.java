package io.github.distributedlock.benchmarks.load;

import java.util.concurrent.locks.LockSupport;

/**
 * What is on the heap.
 */
final class Heap {

	private static final int COLLECTIONS = 3;

	private Heap() {
	}

	/**
	 * Returns what is reachable.
	 * @return bytes
	 */
	static double used() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			LockSupport.parkNanos(50_000_000);
		}
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
