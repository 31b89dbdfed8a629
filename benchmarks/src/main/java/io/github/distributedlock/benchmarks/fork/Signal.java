package io.github.distributedlock.benchmarks.fork;

/**
 * Keeps the JVMs of one run in step. Each task calls both methods, once.
 */
public interface Signal {

	/**
	 * Says that everything is warm, and waits until all may start.
	 * @throws Exception if whoever started this JVM is gone
	 */
	void ready() throws Exception;

	/**
	 * Says that the measurement is over, and waits until the server's counters are read.
	 * @throws Exception if whoever started this JVM is gone
	 */
	void measured() throws Exception;

}
