package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Renewal.Renewed;
import io.github.distributedlock.engine.KeyState.Phase;
import io.github.distributedlock.engine.Question.Kind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The states of a key from grant to release: held by one local caller after another,
 * renewed, handed on, lost. Guarded by the lock of the {@link KeyQueue}.
 */
final class Tenure {

	/**
	 * The most tokens reserved at a time, so that the counter does not run ahead of the
	 * store's clock.
	 */
	static final int MOST_TOKENS = 1000;

	private static final Log logger = LogFactory.getLog(Tenure.class);

	private final KeyQueue queue;

	private final Engine engine;

	private final KeyState state;

	private final Turns turns;

	private @Nullable HeldGrant grant;

	private @Nullable LocalLease holder;

	Tenure(KeyQueue queue, Engine engine, KeyState state, Turns turns) {
		this.queue = queue;
		this.engine = engine;
		this.state = state;
		this.turns = turns;
	}

	boolean isHolding() {
		return this.grant != null;
	}

	@Nullable String owner() {
		return (this.grant != null) ? this.grant.owner() : null;
	}

	private long now() {
		return this.queue.now();
	}

	void granted(Question question, Grant granted, Effects effects) {
		HeldGrant held = HeldGrant.of(granted, question.sentAt(), question.lease());
		if (now() >= held.deadline()) {
			unusable(question, effects);
			return;
		}
		this.state.answered();
		heard(held, granted.waitingNodes() + (question.isWanted() ? 1 : 0));
		giveOn(held, question, effects);
		this.turns.contended(held.owner(), effects);
	}

	/**
	 * The answer came after the deadline of what it grants: nobody may rely on it.
	 */
	private void unusable(Question question, Effects effects) {
		this.engine.compensate(this.queue.key(), question.owner(), now() + question.lease());
		Throwable cause = Failures.tooLate(question);
		Turn open = this.turns.tooLate(cause, effects);
		if (open != null) {
			holdUnprotected(open, cause, effects);
		}
		else {
			this.state.proceed(effects);
		}
	}

	/**
	 * Gives a grant that was just confirmed to the first caller, as far as the lease that
	 * was asked for goes.
	 */
	private void giveOn(HeldGrant held, Question question, Effects effects) {
		if (this.turns.isEmpty() || !held.hasToken() || now() >= held.deadline()) {
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
		LocalLease lease = new LocalLease(this.queue, held, turn.terms(), now());
		this.grant = held;
		this.holder = lease;
		this.state.phase(Phase.HELD);
		if (held.isGuarded()) {
			held.renewals().plan(turn.terms(), held.confirmedAt(), this.engine.jitter());
		}
		turn.resolve(new Outcome.Held(lease), effects);
	}

	void holdUnprotected(Turn turn, Throwable cause, Effects effects) {
		effects.then(() -> this.engine.outageLog().unprotected(this.queue.key(), cause));
		hold(turn, HeldGrant.unprotected(this.engine.nextOwner()), effects);
		this.turns.contended(owner(), effects);
	}

	/**
	 * Passes the grant to the next local caller, after the store extended it if need be.
	 */
	private void handOn(HeldGrant held, Effects effects) {
		Terms next = this.turns.first().terms();
		if (held.hasToken() && held.lastsFor(next, now())) {
			hold(this.turns.take(), held, effects);
			return;
		}
		this.grant = held;
		this.holder = null;
		long deadline = now() + Math.min(this.engine.commandTimeout(), next.lease() / 6);
		Question question = new Question(Kind.EXTEND, held.owner(), next.lease(), false,
				held.moreTokens(this.turns.size(), MOST_TOKENS), now(), deadline);
		this.state.pose(Phase.EXTENDING, question);
		this.state.send(question, effects);
	}

	void extended(Question question, @Nullable Renewal renewal, @Nullable Throwable failure, Effects effects) {
		HeldGrant held = this.grant;
		if (!this.state.end(question) || held == null) {
			return;
		}
		this.grant = null;
		if (renewal instanceof Renewed renewed) {
			this.state.answered();
			held.confirm(question.sentAt(), question.lease());
			held.topUp(renewed.tokens());
			heard(held, renewed.waitingNodes());
			giveOn(held, question, effects);
		}
		else if (renewal != null) {
			this.state.proceed(effects);
		}
		else {
			this.engine.compensate(this.queue.key(), held.owner(), now() + question.lease());
			this.state.failed(Failures.of(failure), effects);
		}
	}

	/**
	 * Ends a lease: hands the grant on if somebody here waits and nobody else has waited
	 * long enough, and releases it otherwise.
	 */
	@Nullable CompletableFuture<Boolean> release(LocalLease lease, Effects effects) {
		HeldGrant held = this.grant;
		if (this.holder != lease || held == null) {
			return null;
		}
		if (now() >= lease.deadline()) {
			lose(lease, held, lease.reasonAtDeadline(), effects);
			return null;
		}
		if (!held.isGuarded()) {
			endUnprotected(effects);
			return null;
		}
		if (this.turns.isEmpty() || !this.engine.handsOff() || held.isSliceOver(now())) {
			return release(held, effects);
		}
		handOn(held, effects);
		return null;
	}

	/**
	 * Whoever waited behind an unprotected lease has heard nothing of the store yet.
	 */
	private void endUnprotected(Effects effects) {
		this.grant = null;
		this.holder = null;
		this.turns.forget();
		this.state.proceed(effects);
	}

	private CompletableFuture<Boolean> release(HeldGrant held, Effects effects) {
		this.grant = null;
		this.holder = null;
		boolean rejoin = held.isWanted() && !this.turns.isEmpty();
		Question question = new Question(Kind.RELEASE, held.owner(), held.longestLease(), rejoin, 0, now(),
				now() + this.engine.commandTimeout());
		this.state.registered(rejoin);
		this.state.pose(Phase.RELEASING, question);
		if (!held.renewals().isUnsent()) {
			this.state.send(question, effects);
		}
		return question.released();
	}

	void released(Question question, @Nullable Release release, @Nullable Throwable failure, Effects effects) {
		if (!this.state.end(question)) {
			return;
		}
		effects.then(() -> question.released().complete(release != Release.NOT_HELD));
		if (release == null) {
			Throwable cause = Failures.of(failure);
			effects.then(() -> logger.warn("Lock '" + this.queue.key() + "' was not released, because "
					+ cause.getMessage() + ": it is released in the background"));
			this.engine.compensate(this.queue.key(), question.owner(), now() + question.lease());
			this.state.failed(cause, effects);
			return;
		}
		this.state.answered();
		if (release == Release.NOT_HELD) {
			this.state.registered(false);
		}
		if (release == Release.NOT_HELD || !question.isInterested() || this.state.isHinted()) {
			this.state.proceed(effects);
			return;
		}
		this.turns.contended(null, effects);
		if (this.turns.isEmpty()) {
			this.state.proceed(effects);
		}
		else {
			this.state.await(KeyState.POLL);
		}
	}

	boolean checkDeadline(LocalLease lease, Effects effects) {
		HeldGrant held = this.grant;
		if (this.holder != lease || held == null) {
			return false;
		}
		if (now() < lease.deadline()) {
			return true;
		}
		lose(lease, held, lease.reasonAtDeadline(), effects);
		return false;
	}

	/**
	 * The holder no longer has the lock, and its owner id is dead. Whoever waits asks the
	 * store again.
	 */
	private void lose(LocalLease lease, HeldGrant held, String reason, Effects effects) {
		this.engine.compensate(this.queue.key(), held.owner(), now() + lease.terms().lease());
		forfeit(lease, reason, effects);
	}

	private void forfeit(LocalLease lease, String reason, Effects effects) {
		this.grant = null;
		this.holder = null;
		effects.then(lease.lost(reason));
		this.state.proceed(effects);
	}

	boolean evict(Effects effects) {
		HeldGrant held = this.grant;
		LocalLease lease = this.holder;
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

	boolean wanted(String owner) {
		if (owner.equals(owner())) {
			heard(this.grant, 1);
			return true;
		}
		Question question = this.state.question();
		if (question == null || !question.owner().equals(owner)) {
			return false;
		}
		question.markWanted();
		return true;
	}

	private void heard(@Nullable HeldGrant held, int waitingNodes) {
		if (held != null && waitingNodes > 0) {
			held.wanted(now(), this.engine.slice());
		}
		else if (held != null) {
			held.unwanted();
		}
	}

	@Nullable RenewalAttempt onDue(long now, Effects effects) {
		HeldGrant held = this.grant;
		LocalLease lease = this.holder;
		if (held == null || lease == null) {
			return null;
		}
		if (now >= lease.deadline()) {
			lose(lease, held, lease.reasonAtDeadline(), effects);
			return null;
		}
		return held.isGuarded() ? held.renewals().collect(this.queue, held, lease.terms(), now, this.engine) : null;
	}

	/**
	 * A renewal is on its way; a release that waited for that may follow it.
	 */
	void renewalSent(RenewalAttempt attempt, long sentAt, CompletableFuture<Renewal> answer, Effects effects) {
		attempt.sent(sentAt, answer);
		Question question = this.state.question();
		if (question != null && question.owner().equals(attempt.grant().owner())) {
			this.state.send(question, effects);
		}
	}

	void renewed(RenewalAttempt attempt, @Nullable Renewal renewal, @Nullable Throwable failure, Effects effects) {
		HeldGrant held = this.grant;
		if (held == null || held != attempt.grant() || !held.renewals().end(attempt)) {
			return;
		}
		LocalLease lease = this.holder;
		if (lease != null && now() >= lease.deadline()) {
			lose(lease, held, lease.reasonAtDeadline(), effects);
		}
		else if (renewal instanceof Renewed renewed) {
			held.confirm(attempt.sentAt(), attempt.renew().lease().toNanos());
			heard(held, renewed.waitingNodes());
			held.renewals().confirmed((lease != null) ? lease.terms() : null, held.confirmedAt(), this.engine.jitter());
		}
		else if (renewal != null && lease != null) {
			forfeit(lease, "its record in the store is gone, or another owner's", effects);
		}
		else if (renewal == null && lease != null) {
			held.renewals().again(lease.terms(), now(), this.engine.jitter());
			logger.debug("Lock '" + this.queue.key() + "' was not renewed", Failures.of(failure));
		}
	}

	long due() {
		HeldGrant held = this.grant;
		LocalLease lease = this.holder;
		if (held == null || lease == null || !held.isGuarded()) {
			return Ticker.NEVER;
		}
		return Math.min(lease.deadline(), held.renewals().due());
	}

}
