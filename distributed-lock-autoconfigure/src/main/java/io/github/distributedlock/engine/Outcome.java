package io.github.distributedlock.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a caller's wait ended.
 */
sealed interface Outcome {

	/**
	 * The caller holds the lock.
	 *
	 * @param lease its lease
	 */
	record Held(LocalLease lease) implements Outcome {
	}

	/**
	 * Somebody else holds the lock.
	 *
	 * @param holder who, if known
	 */
	record Contended(@Nullable String holder) implements Outcome {
	}

	/**
	 * The store did not answer.
	 *
	 * @param cause what it did instead
	 */
	record Unavailable(Throwable cause) implements Outcome {
	}

	/**
	 * The store refuses to serve.
	 *
	 * @param cause what it said
	 */
	record Misconfigured(Throwable cause) implements Outcome {
	}

	/**
	 * As many callers wait as may.
	 *
	 * @param limit how many may
	 * @param forThisLock whether for this lock; otherwise for any
	 */
	record Full(int limit, boolean forThisLock) implements Outcome {
	}

	/**
	 * The registry grants no more leases.
	 */
	record ShutDown() implements Outcome {
	}

	/**
	 * The caller no longer wants the lock.
	 */
	record Cancelled() implements Outcome {
	}

}
