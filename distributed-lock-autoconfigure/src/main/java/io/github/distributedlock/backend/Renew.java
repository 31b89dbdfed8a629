package io.github.distributedlock.backend;

import java.time.Duration;

import io.github.distributedlock.LockKey;

/**
 * A record to be extended.
 *
 * @param key the lock
 * @param owner the owner's id
 * @param lease how long the store keeps the record from now; never shortens it
 * @param moreTokens how many further fencing tokens to reserve, possibly none
 * @param counting whether the answer says how many other nodes wait; not to know may
 * spare the store to look
 */
public record Renew(LockKey key, String owner, Duration lease, int moreTokens, boolean counting) {
}
