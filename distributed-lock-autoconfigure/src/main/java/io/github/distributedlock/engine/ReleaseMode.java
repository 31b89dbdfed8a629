package io.github.distributedlock.engine;

/**
 * Whether the end of a lease waits for the store.
 */
public enum ReleaseMode {

	/**
	 * The caller waits for the store's answer, and hears of a loss that it reveals.
	 */
	SYNC,

	/**
	 * The caller goes on at once. Later local callers of the key wait for the answer, and
	 * a loss that it reveals is told to the lease's listeners and the log.
	 */
	ASYNC

}
