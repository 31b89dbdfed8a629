package io.github.distributedlock.fencing;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.MissingTokenException;
import io.github.distributedlock.StaleTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the highest fencing token that each resource has seen, and refuses lower
 * ones. Called by the holder of a lock in the same transaction as what it changes, so
 * that both take effect or neither does.
 */
public interface FencingGuard {

	/**
	 * Checks the token of a lease at the resource that is named after its lock.
	 * @param lease the lease, such as {@code LockRegistry.currentLease()}
	 * @throws StaleTokenException if a higher token was seen
	 * @throws MissingTokenException if there is no lease, or an unprotected one
	 */
	default void check(@Nullable Lease lease) {
		if (lease == null) {
			throw new MissingTokenException(null);
		}
		check(lease.key(), lease.fencingToken().orElseThrow(() -> new MissingTokenException(lease.key())));
	}

	/**
	 * Checks a token that was handed on, such as to another service, at the resource that
	 * is named after its lock.
	 * @param key the lock
	 * @param token its holder's token
	 * @throws StaleTokenException if a higher token was seen
	 */
	void check(LockKey key, long token);

	/**
	 * Checks a token at a resource of any name. Only tokens of one lock may meet there:
	 * those of different locks cannot be compared.
	 * @param resource what is guarded
	 * @param token the token of the holder of its lock
	 * @throws StaleTokenException if a higher token was seen
	 */
	void check(String resource, long token);

}
