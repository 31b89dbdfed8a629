package io.github.distributedlock.backend;

import io.github.distributedlock.LockKey;

/**
 * Hears hints from the store. Hints may be lost, late or repeated: nothing may depend on
 * them. Called on the store's threads, so it must not block.
 */
public interface WakeUpListener {

	/**
	 * It is this node's turn: asking now is worth while.
	 * @param key the lock
	 */
	void yourTurn(LockKey key);

	/**
	 * Another node waits for a lock that this node holds.
	 * @param key the lock
	 * @param owner the owner id that holds it
	 */
	void wanted(LockKey key, String owner);

}
