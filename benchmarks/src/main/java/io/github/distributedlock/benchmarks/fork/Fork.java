package io.github.distributedlock.benchmarks.fork;

/**
 * A task that runs somewhere else.
 */
public interface Fork extends AutoCloseable {

	/**
	 * Waits until the task is warm.
	 * @throws Exception if it failed
	 */
	void awaitReady() throws Exception;

	/**
	 * Waits until the task has measured.
	 * @throws Exception if it failed
	 */
	void awaitMeasured() throws Exception;

	/**
	 * Lets the task go on, after each of the above.
	 * @throws Exception if it is gone
	 */
	void go() throws Exception;

	/**
	 * Waits until the task has ended.
	 * @return what it measured
	 * @throws Exception if it failed
	 */
	Outcome outcome() throws Exception;

	/**
	 * Ends the task, if it has not ended.
	 */
	@Override
	void close();

}
