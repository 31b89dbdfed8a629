package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * A resource has seen a higher fencing token than the one that was offered: whoever
 * offered it holds the lock no longer, and somebody else has worked since. What it was
 * about to do must not take effect.
 */
public final class StaleTokenException extends DistributedLockException {

	private final String resource;

	private final long token;

	private final long seenToken;

	/**
	 * Creates the exception.
	 * @param key the lock, if it is known
	 * @param resource what is guarded
	 * @param token the token that was offered
	 * @param seenToken the highest token that the resource has seen
	 */
	public StaleTokenException(@Nullable LockKey key, String resource, long token, long seenToken) {
		super(key, "Fencing token " + token + " for '" + resource + "' is stale: it has seen " + seenToken
				+ ", so somebody else has held the lock since", null);
		this.resource = resource;
		this.token = token;
		this.seenToken = seenToken;
	}

	/**
	 * Returns what is guarded.
	 * @return the resource
	 */
	public String getResource() {
		return this.resource;
	}

	/**
	 * Returns the token that was offered.
	 * @return the token
	 */
	public long getToken() {
		return this.token;
	}

	/**
	 * Returns the highest token that the resource has seen.
	 * @return the token
	 */
	public long getSeenToken() {
		return this.seenToken;
	}

}
