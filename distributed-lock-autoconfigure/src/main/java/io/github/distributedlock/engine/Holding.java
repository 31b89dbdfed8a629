package io.github.distributedlock.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a queue holds: a grant, and the lease of the caller whose turn it is. Guarded by
 * the lock of the {@link KeyQueue}.
 */
final class Holding {

	private @Nullable HeldGrant grant;

	private @Nullable LocalLease lease;

	private long lastToken;

	/**
	 * Creates what is held.
	 * @param resting the lease that was kept of a key at rest, if it is held
	 */
	Holding(@Nullable LocalLease resting) {
		this.lease = resting;
		this.grant = (resting != null) ? resting.grant() : null;
		this.lastToken = (this.grant != null) ? this.grant.lastToken() : 0;
	}

	/**
	 * Returns the lease if all that is held can be told from it again, and nothing is
	 * under way.
	 */
	@Nullable LocalLease rest() {
		if (this.grant == null || !this.grant.isGuarded() || this.grant.renewals().isUnderWay()) {
			return null;
		}
		this.grant.rest();
		return this.lease;
	}

	@Nullable HeldGrant grant() {
		return this.grant;
	}

	/**
	 * Returns the lease of the holder, or {@code null} between two holders.
	 */
	@Nullable LocalLease lease() {
		return this.lease;
	}

	/**
	 * Returns the grant if this is the lease of its holder.
	 */
	@Nullable HeldGrant grantOf(LocalLease lease) {
		return (this.lease == lease) ? this.grant : null;
	}

	void set(HeldGrant grant, @Nullable LocalLease lease) {
		this.grant = grant;
		this.lease = lease;
	}

	void clear() {
		this.grant = null;
		this.lease = null;
	}

	boolean isEmpty() {
		return this.grant == null;
	}

	/**
	 * Returns the largest token that was given to this key, as long as callers come.
	 */
	long lastToken() {
		return this.lastToken;
	}

	void lastToken(long lastToken) {
		this.lastToken = lastToken;
	}

	@Nullable String owner() {
		return (this.grant != null) ? this.grant.owner() : null;
	}

}
