package io.github.distributedlock.benchmarks.client;

/**
 * One node's access to its locks. Safe for use by many threads.
 */
public interface LockClient extends AutoCloseable {

	/**
	 * Waits for a lock as long as it takes, and acquires it.
	 * @param key which lock
	 * @return what releases it, on the same thread
	 * @throws Exception if the lock cannot be acquired
	 */
	Held lock(String key) throws Exception;

	@Override
	void close();

	/**
	 * A lock that is held.
	 */
	@FunctionalInterface
	interface Held {

		/**
		 * Releases it.
		 * @throws Exception if that fails
		 */
		void release() throws Exception;

	}

}
