package io.github.distributedlock.engine;

import java.util.OptionalLong;

import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Tokens;

/**
 * A grant as this node holds it: until when, with which tokens, and for how much longer
 * while others wait. Guarded by the queue's lock, except for the deadline.
 * <p>
 * The deadline counts from the moment before the question was sent, on this node's clock,
 * and leaves a margin for clocks that run at different rates. Only a confirmed answer
 * moves it. Any offset between clocks is harmless; a difference of rate above 1 % is not.
 */
final class HeldGrant {

	private static final long RESOLUTION = 2_000_000;

	private final String owner;

	private final boolean guarded;

	private volatile long deadline;

	private long confirmedAt;

	private long longestLease;

	private long nextToken;

	private int tokensLeft;

	private int reserved;

	private long sliceEnd = Ticker.NEVER;

	private boolean lost;

	private final RenewalPlan renewals = new RenewalPlan();

	private HeldGrant(String owner, boolean guarded, long confirmedAt, long deadline) {
		this.owner = owner;
		this.guarded = guarded;
		this.confirmedAt = confirmedAt;
		this.deadline = deadline;
	}

	static HeldGrant of(Grant grant, long sentAt, long lease) {
		HeldGrant held = new HeldGrant(grant.owner(), true, sentAt, sentAt + lease - margin(lease));
		held.longestLease = lease;
		held.topUp(grant.tokens());
		return held;
	}

	static HeldGrant unprotected(String owner) {
		return new HeldGrant(owner, false, 0, Ticker.NEVER);
	}

	static long margin(long lease) {
		return lease / 100 + RESOLUTION;
	}

	String owner() {
		return this.owner;
	}

	/**
	 * Whether the store knows this grant.
	 */
	boolean isGuarded() {
		return this.guarded;
	}

	long deadline() {
		return this.deadline;
	}

	void confirm(long sentAt, long lease) {
		this.confirmedAt = Math.max(this.confirmedAt, sentAt);
		this.deadline = Math.max(this.deadline, sentAt + lease - margin(lease));
		this.longestLease = Math.max(this.longestLease, lease);
	}

	/**
	 * The store said that the record is gone, while no caller had the grant.
	 */
	void lose() {
		this.lost = true;
	}

	boolean isLost() {
		return this.lost;
	}

	/**
	 * How long the store may keep the record from now, whatever is still under way.
	 */
	long longestLease() {
		return this.longestLease;
	}

	/**
	 * Goes on with newly reserved tokens, if there are any: those of an earlier
	 * reservation are dead.
	 */
	void topUp(Tokens tokens) {
		if (tokens.count() > 0) {
			this.nextToken = tokens.first();
			this.tokensLeft = tokens.count();
			this.reserved = tokens.count();
		}
	}

	/**
	 * How many tokens to reserve: none while some are left, else for everybody who waits,
	 * and twice as many as were used up since the last time.
	 */
	int moreTokens(int waiting, int most) {
		return hasToken() ? 0 : Math.min(most, Math.max(waiting, 2 * this.reserved));
	}

	boolean hasToken() {
		return this.tokensLeft > 0;
	}

	OptionalLong takeToken() {
		if (!this.guarded) {
			return OptionalLong.empty();
		}
		this.tokensLeft--;
		return OptionalLong.of(this.nextToken++);
	}

	/**
	 * Hears how many other nodes wait. From the first on, the lock stays here for one
	 * slice at most.
	 */
	void heard(int waitingNodes, long now, long slice) {
		this.sliceEnd = (waitingNodes > 0) ? Math.min(this.sliceEnd, now + slice) : Ticker.NEVER;
	}

	boolean isWanted() {
		return this.sliceEnd != Ticker.NEVER;
	}

	boolean isSliceOver(long now) {
		return now >= this.sliceEnd;
	}

	/**
	 * Whether the next caller can do with what is left of the grant: half of its lease if
	 * it will be renewed, else all of it.
	 */
	boolean lastsFor(Terms terms, long now) {
		long needed = terms.renew() ? terms.lease() / 2 : terms.lease() - margin(terms.lease());
		return this.deadline - now >= needed;
	}

	long confirmedAt() {
		return this.confirmedAt;
	}

	RenewalPlan renewals() {
		return this.renewals;
	}

}
