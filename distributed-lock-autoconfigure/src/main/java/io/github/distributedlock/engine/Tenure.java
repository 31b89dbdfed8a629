package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Renewal.Renewed;
import io.github.distributedlock.backend.Tokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Passes a grant from one local caller to the next, and back to the store. Guarded by the
 * lock of the {@link KeyQueue}.
 */
final class Tenure {

	/**
	 * The most tokens reserved at a time, so that the counter does not run ahead of the
	 * store's clock.
	 */
	private static final int MOST_TOKENS = 1000;

	private static final Log logger = LogFactory.getLog(Tenure.class);

	private final KeyQueue queue;

	private final Engine engine;

	private final KeyState state;

	private final Inquiry inquiry;

	private final Turns turns;

	private final Holding holding;

	private int served;

	Tenure(KeyQueue queue, Engine engine, KeyState state, Inquiry inquiry, Turns turns, Holding holding) {
		this.queue = queue;
		this.engine = engine;
		this.state = state;
		this.inquiry = inquiry;
		this.turns = turns;
		this.holding = holding;
	}

	void granted(Question question, Grant granted, Effects effects) {
		if (this.holding.isOld(granted.tokens())) {
			refuse(granted.tokens(), question.owner(), question.lease(), effects);
			return;
		}
		HeldGrant held = HeldGrant.of(this.engine, question, granted.tokens());
		if (isOver(held)) {
			unusable(question, effects);
			return;
		}
		this.state.answers().answered();
		this.served = 0;
		heard(held, granted.waitingNodes() + (question.isWanted() ? 1 : 0));
		giveOn(held, question, effects);
		if (!this.turns.isEmpty()) {
			this.turns.contended(held.owner(), effects);
		}
	}

	private boolean isOver(HeldGrant held) {
		return held.awake(this.queue.moment()) >= held.deadline();
	}

	/**
	 * Returns how many tokens to reserve with the next grant: for everybody who waits,
	 * and for as many callers as the last grant went to, because to ask for more while it
	 * is passed on keeps all of them waiting. Tokens that are left over never run ahead
	 * of the server's clock, since as many were used before.
	 */
	int tokens() {
		return Math.max(this.served, Math.min(this.turns.size(), MOST_TOKENS));
	}

	private void refuse(Tokens tokens, String owner, long lease, Effects effects) {
		this.queue.compensate(owner, lease);
		this.state.answers().failed(Failures.oldToken(tokens.first(), this.holding.lastToken()), effects);
	}

	/**
	 * The answer came after the deadline of what it grants: nobody may rely on it.
	 */
	private void unusable(Question question, Effects effects) {
		this.queue.compensate(question.owner(), question.lease());
		Throwable cause = Failures.tooLate(question);
		this.state.answers().lastFailure(cause);
		Turn open = this.turns.tooLate(cause, effects);
		if (open != null) {
			holdUnprotected(open, cause, effects);
		}
		else {
			this.state.proceed(effects);
		}
	}

	private void heard(HeldGrant held, @Nullable Integer waitingNodes) {
		held.heard(waitingNodes, this.queue.moment(), this.engine.slice());
	}

	/**
	 * Gives a grant that was just confirmed to the first caller, as far as the lease that
	 * was asked for goes.
	 */
	private void giveOn(HeldGrant held, Question question, Effects effects) {
		if (this.turns.isEmpty() || !held.hasToken()) {
			release(held, effects);
		}
		else if (this.turns.first().terms().lease() <= question.lease()) {
			hold(this.turns.take(), held, effects);
		}
		else {
			handOn(held, effects);
		}
	}

	private void hold(Turn turn, HeldGrant held, Effects effects) {
		LocalLease lease = new LocalLease(this.queue, held, turn.terms(), this.queue.moment());
		this.holding.begin(held, lease, this.queue.moment());
		this.state.phase(Phase.HELD);
		if (held.isGuarded()) {
			this.served = Math.min(this.served + 1, MOST_TOKENS);
			held.renewals().plan(lease, held.confirmedAt(), this.engine);
		}
		turn.resolve(new Outcome.Held(lease), effects);
		if (isNextSoon() && !this.turns.isEmpty()) {
			Sleeper next = this.turns.first().sleeper();
			long now = this.queue.moment();
			effects.then(() -> this.engine.wakes().callUp(next, now));
		}
	}

	/**
	 * Whether the caller that is next in line has its turn soon, as it seems.
	 */
	boolean isNextSoon() {
		return this.engine.handsOff() && this.holding.isBrief(this.queue.moment());
	}

	/**
	 * Lets a caller work although the store is out. Within this node it is still alone.
	 */
	void holdUnprotected(Turn turn, Throwable cause, Effects effects) {
		HeldGrant held = HeldGrant.unprotected(this.engine);
		effects.then(() -> this.engine.outageLog().unprotected(this.queue.key(), cause));
		hold(turn, held, effects);
		this.turns.contended(held.owner(), effects);
	}

	/**
	 * Passes the grant to the next local caller, after the store extended it if need be.
	 */
	private void handOn(HeldGrant held, Effects effects) {
		Terms next = this.turns.first().terms();
		if (held.hasToken() && held.lastsFor(next, this.queue.moment())) {
			hold(this.turns.take(), held, effects);
			return;
		}
		this.holding.between(held);
		this.state.phase(Phase.EXTENDING);
		this.inquiry.extend(held, next.lease(), held.moreTokens(this.turns.size(), MOST_TOKENS), effects);
	}

	void extended(Question question, @Nullable Renewal renewal, @Nullable Throwable failure, Effects effects) {
		HeldGrant held = this.holding.grant();
		if (!this.inquiry.end(question) || held == null) {
			return;
		}
		this.holding.clear();
		if (renewal instanceof Renewed renewed && this.holding.isOld(renewed.tokens())) {
			refuse(renewed.tokens(), held.owner(), held.longestLease(), effects);
		}
		else if (renewal instanceof Renewed renewed && !held.isLost()) {
			this.state.answers().answered();
			held.confirm(question.askedAt(), question.lease(), question.ahead());
			held.topUp(renewed.tokens());
			heard(held, renewed.waitingNodes());
			if (isOver(held)) {
				release(held, effects);
			}
			else {
				giveOn(held, question, effects);
			}
		}
		else if (renewal != null) {
			this.state.proceed(effects);
		}
		else {
			this.queue.compensate(held.owner(), held.longestLease());
			this.state.answers().failed(Failures.of(failure), effects);
		}
	}

	/**
	 * Ends a lease that is not over: hands the grant on if somebody here waits and nobody
	 * else has waited long enough, and releases it otherwise.
	 */
	@Nullable CompletableFuture<@Nullable Release> end(LocalLease lease, Effects effects) {
		HeldGrant held = this.holding.grantOf(lease);
		if (held == null) {
			return null;
		}
		if (!held.isGuarded()) {
			endUnprotected(effects);
			return null;
		}
		this.holding.end(this.queue.moment());
		if (this.turns.isEmpty() || !this.engine.handsOff() || held.isSliceOver(this.queue.moment())
				|| lease.isInDoubt(this.queue.moment())) {
			return release(held, effects);
		}
		handOn(held, effects);
		return null;
	}

	/**
	 * Whoever waited behind an unprotected lease has heard nothing of the store yet.
	 */
	private void endUnprotected(Effects effects) {
		this.holding.clear();
		this.turns.forget();
		this.state.proceed(effects);
	}

	private CompletableFuture<@Nullable Release> release(HeldGrant held, Effects effects) {
		this.holding.clear();
		boolean rejoin = held.isWanted() && !this.turns.isEmpty();
		this.state.phase(Phase.RELEASING);
		this.state.answers().registered(rejoin);
		held.renewals().drop(effects);
		return this.inquiry.release(held, rejoin, effects).released();
	}

	void released(Question question, @Nullable Release release, @Nullable Throwable failure, Effects effects) {
		if (!this.inquiry.end(question)) {
			return;
		}
		effects.wake(() -> question.released().complete(release));
		if (release == null) {
			Throwable cause = Failures.of(failure);
			effects.then(() -> logger.warn("Lock '" + this.queue.key() + "' was not released, because "
					+ cause.getMessage() + ": it is released in the background"));
			this.queue.compensate(question.owner(), question.lease());
			this.state.answers().failed(cause, effects);
			return;
		}
		this.state.answers().answered();
		this.state.answers().registered(release == Release.RELEASED && question.isInterested());
		if (release == Release.RELEASED && question.isInterested() && !this.inquiry.isHinted()) {
			this.state.await(KeyState.POLL, null, effects);
		}
		else {
			this.state.proceed(effects);
		}
	}

	boolean evict(Effects effects) {
		HeldGrant held = this.holding.grant();
		LocalLease lease = this.holding.lease();
		if (held == null || lease == null) {
			return false;
		}
		effects.then(lease.lost("this node shut down before the work had ended"));
		if (held.isGuarded()) {
			release(held, effects);
		}
		else {
			endUnprotected(effects);
		}
		return true;
	}

	/**
	 * Another node waits for what an owner of this node holds, or is being given.
	 * @return {@code false} if that owner is none of this queue's
	 */
	boolean wanted(String owner) {
		HeldGrant held = this.holding.grant();
		if (held != null && held.owner().equals(owner)) {
			heard(held, 1);
			return true;
		}
		Question question = this.inquiry.current();
		if (question == null || !question.owner().equals(owner)) {
			return false;
		}
		question.markWanted();
		return true;
	}

}
