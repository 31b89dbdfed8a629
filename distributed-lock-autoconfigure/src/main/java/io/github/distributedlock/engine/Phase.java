package io.github.distributedlock.engine;

/**
 * Where a key is, as far as one node is concerned.
 */
enum Phase {

	/** Nobody is here; the key leaves the table soon. */
	IDLE,

	/** A question for the lock is under way. */
	ASKING,

	/** Somebody else holds the lock, or the store is out: ask again later. */
	WAITING,

	/** A local caller holds the lock. */
	HELD,

	/** The next local caller will hold it, once the store extended the grant. */
	EXTENDING,

	/** The release is under way. */
	RELEASING,

	/** The store is being told that this node waits no longer. */
	WITHDRAWING,

	/** No longer in the table: callers find another queue. */
	GONE

}
