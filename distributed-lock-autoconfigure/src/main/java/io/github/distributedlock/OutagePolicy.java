package io.github.distributedlock;

/**
 * What happens if the store cannot be reached. Never applies to contention, to missing
 * rights, to a bad key, or to a failure that is not known as an outage.
 */
public enum OutagePolicy {

	/**
	 * Nothing runs: the caller gets a {@link LockUnavailableException}.
	 */
	FAIL_CLOSED,

	/**
	 * The work runs unprotected across nodes, still one at a time within this one. Its
	 * lease says so and has no fencing token.
	 */
	FAIL_OPEN

}
