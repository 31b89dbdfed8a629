package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.backend.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A grant as this node holds it: until when, with which tokens, and for how much longer
 * while others wait. Guarded by the queue's lock, except for the deadline.
 * <p>
 * The deadline counts from the moment before the question was sent, on this node's clock,
 * and leaves a margin for clocks that run at different rates. Only a confirmed answer
 * moves it. Any offset between clocks is harmless; a difference of rate above 1 % is not.
 * <p>
 * This node's clock stands still while the machine sleeps, and the store's does not. Once
 * the machine's time has run ahead so far that the deadline would be over, the grant is
 * in doubt: not valid, and not lost either, until the store confirms it.
 */
final class HeldGrant {

	private static final long RESOLUTION = 2_000_000;

	private final Engine engine;

	private final long number;

	private @Nullable String owner;

	private final boolean guarded;

	private volatile long deadline;

	private volatile long ahead;

	private long confirmedAt;

	private long longestLease;

	private long nextToken;

	private int tokensLeft;

	private int reserved;

	private long sliceEnd = Ticker.NEVER;

	private boolean lost;

	private final RenewalPlan renewals = new RenewalPlan();

	private @Nullable CompletableFuture<Void> doubt;

	private HeldGrant(Engine engine, long number, boolean guarded, long confirmedAt, long deadline, long ahead) {
		this.engine = engine;
		this.ahead = ahead;
		this.number = number;
		this.guarded = guarded;
		this.confirmedAt = confirmedAt;
		this.deadline = deadline;
	}

	static HeldGrant of(Engine engine, Question granted, Tokens tokens) {
		long lease = granted.lease();
		HeldGrant held = new HeldGrant(engine, granted.number(), true, granted.askedAt(),
				granted.askedAt() + lease - margin(lease), granted.ahead());
		held.owner = granted.owner();
		held.longestLease = lease;
		held.topUp(tokens);
		return held;
	}

	static HeldGrant unprotected(Engine engine) {
		return new HeldGrant(engine, engine.nextNumber(), false, 0, Ticker.NEVER, 0);
	}

	static long margin(long lease) {
		return lease / 100 + RESOLUTION;
	}

	/**
	 * Returns the number of the owner id.
	 */
	long number() {
		return this.number;
	}

	/**
	 * Returns the owner id, which is put together again after a rest.
	 */
	String owner() {
		if (this.owner == null) {
			this.owner = this.engine.owner(this.number);
		}
		return this.owner;
	}

	/**
	 * Forgets the owner id until it is asked for: it would be the largest part of a lease
	 * that only waits for its renewal.
	 */
	void rest() {
		this.owner = null;
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

	void confirm(long sentAt, long lease, long ahead) {
		this.confirmedAt = Math.max(this.confirmedAt, sentAt);
		long asleep = Math.max(0, ahead - this.ahead);
		this.ahead = ahead;
		this.deadline = Math.max(this.deadline - asleep, sentAt + lease - margin(lease));
	}

	/**
	 * The store is asked to keep the record for this long, and may do so whatever becomes
	 * of its answer.
	 */
	void mayLast(long lease) {
		this.longestLease = Math.max(this.longestLease, lease);
	}

	/**
	 * Returns a moment as it would be if the machine had not slept since the last
	 * confirmation.
	 */
	long awake(long now) {
		return this.guarded ? now + Math.max(0, this.engine.machineTime().ahead(now) - this.ahead) : now;
	}

	/**
	 * Returns what is completed when the store has been asked about a grant that is in
	 * doubt, whatever it said.
	 */
	CompletableFuture<Void> doubt() {
		CompletableFuture<Void> known = this.doubt;
		CompletableFuture<Void> current = (known != null) ? known : new CompletableFuture<>();
		this.doubt = current;
		return current;
	}

	/**
	 * The store was asked.
	 */
	void asked(Effects effects) {
		CompletableFuture<Void> current = this.doubt;
		if (current != null) {
			this.doubt = null;
			effects.then(() -> current.complete(null));
		}
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

	/**
	 * Whether callers after the first had it since the store reserved tokens, and said
	 * how many other nodes wait.
	 */
	boolean isPassedOn() {
		return this.reserved - this.tokensLeft > 1;
	}

	boolean hasToken() {
		return this.tokensLeft > 0;
	}

	/**
	 * Returns the token of the next caller, which means nothing if the grant is not
	 * guarded.
	 */
	long takeToken() {
		this.tokensLeft--;
		return this.nextToken++;
	}

	/**
	 * Returns the largest token that was reserved.
	 */
	long lastToken() {
		return this.nextToken + this.tokensLeft - 1;
	}

	/**
	 * Hears how many other nodes wait. From the first on, the lock stays here for one
	 * slice at most.
	 * @param waitingNodes how many, or {@code null} if that is not known, which changes
	 * nothing
	 */
	void heard(@Nullable Integer waitingNodes, long now, long slice) {
		if (waitingNodes != null) {
			this.sliceEnd = (waitingNodes > 0) ? Math.min(this.sliceEnd, now + slice) : Ticker.NEVER;
		}
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
		return this.deadline - awake(now) >= needed;
	}

	long confirmedAt() {
		return this.confirmedAt;
	}

	RenewalPlan renewals() {
		return this.renewals;
	}

}
