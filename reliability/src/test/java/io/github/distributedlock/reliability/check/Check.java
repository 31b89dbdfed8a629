package io.github.distributedlock.reliability.check;

import java.util.List;

import io.github.distributedlock.reliability.history.History;

/**
 * One thing that must be true of every history.
 */
@FunctionalInterface
interface Check {

	/**
	 * Looks for what must not be.
	 * @param history what happened
	 * @return every violation
	 */
	List<Violation> check(History history);

}
