package io.github.distributedlock.backend;

/**
 * Gives several answers of a store together, so that those who wait for them are woken
 * together, too.
 */
@FunctionalInterface
public interface Delivery {

	/**
	 * Gives answers, on this thread and before this returns. May be called by several
	 * threads at once. What the answers throw is thrown.
	 * @param answers completes the futures of several questions
	 */
	void deliver(Runnable answers);

}
