package io.github.distributedlock.backend;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one attempt to acquire a lock.
 */
public sealed interface Attempt {

	/**
	 * The lock is held by the owner that asked.
	 *
	 * @param grant the store's record
	 */
	record Granted(Grant grant) implements Attempt {
	}

	/**
	 * Somebody else holds the lock, or is next.
	 *
	 * @param retryAfter when asking again is worth while, if no hint comes before
	 * @param holder the owner id of the holder, if the store says so
	 */
	record Contended(Duration retryAfter, @Nullable String holder) implements Attempt {
	}

}
