package io.github.distributedlock.backend;

/**
 * The answer to a release.
 */
public enum Release {

	/**
	 * The owner's record was there and is gone.
	 */
	RELEASED,

	/**
	 * The owner held nothing. A release may overtake the attempt that it undoes, so this
	 * is no proof that the owner never will.
	 */
	NOT_HELD

}
