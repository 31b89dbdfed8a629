package io.github.distributedlock.engine;

import io.github.distributedlock.backend.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * What a queue holds: a grant, and the lease of the caller whose turn it is. Guarded by
 * the lock of the {@link KeyQueue}.
 */
final class Holding {

	private @Nullable HeldGrant grant;

	private @Nullable LocalLease lease;

	private long lastToken;

	private long since;

	private boolean brief;

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

	/**
	 * A caller's turn begins.
	 */
	void begin(HeldGrant grant, LocalLease lease, long now) {
		this.grant = grant;
		this.lease = lease;
		this.since = now;
	}

	/**
	 * It ends; the grant is still to be passed on, or released.
	 */
	void end(long now) {
		this.brief = isYoung(now);
	}

	/**
	 * Whether turns are over within the time that a thread stays awake: the last one was,
	 * and this one may still be.
	 */
	boolean isBrief(long now) {
		return this.brief && isYoung(now);
	}

	private boolean isYoung(long now) {
		return now - this.since < Sleeper.MOMENT;
	}

	/**
	 * The grant waits for its next holder.
	 */
	void between(HeldGrant grant) {
		this.grant = grant;
		this.lease = null;
	}

	void clear() {
		this.grant = null;
		this.lease = null;
	}

	boolean isEmpty() {
		return this.grant == null;
	}

	/**
	 * Returns whether the store gives tokens that it gave before: those who checked the
	 * later ones would refuse whoever works with these. Remembered as long as callers
	 * come.
	 */
	boolean isOld(Tokens tokens) {
		if (tokens.count() > 0 && tokens.first() <= this.lastToken) {
			return true;
		}
		this.lastToken = Math.max(this.lastToken, tokens.first() + tokens.count() - 1);
		return false;
	}

	/**
	 * Returns the largest token that was given to this key, as long as callers come.
	 */
	long lastToken() {
		return this.lastToken;
	}

	@Nullable String owner() {
		return (this.grant != null) ? this.grant.owner() : null;
	}

}
