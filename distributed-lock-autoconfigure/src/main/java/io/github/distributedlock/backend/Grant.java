package io.github.distributedlock.backend;

import io.github.distributedlock.LockKey;

/**
 * The store's record of a lock that is held.
 *
 * @param key the lock
 * @param owner the owner's id
 * @param tokens the fencing tokens reserved for this owner
 * @param waitingNodes how many other nodes wait
 */
public record Grant(LockKey key, String owner, Tokens tokens, int waitingNodes) {
}
