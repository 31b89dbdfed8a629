package io.github.distributedlock.engine;

import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Attempt.Contended;
import io.github.distributedlock.backend.Attempt.Granted;
import org.jspecify.annotations.Nullable;

/**
 * What the store's answers mean for those that wait, and what the store is known to know.
 * Guarded by the lock of the {@link KeyQueue}.
 */
final class Answers {

	private static final long FIRST_BACK_OFF = 50_000_000L;

	private final KeyQueue queue;

	private final Engine engine;

	private final KeyState state;

	private final Inquiry inquiry;

	private final Turns turns;

	private final Tenure tenure;

	private boolean registered;

	private @Nullable String lastHolder;

	private @Nullable Throwable lastFailure;

	private int outage;

	Answers(KeyQueue queue, Engine engine, KeyState state, Inquiry inquiry, Turns turns, Tenure tenure) {
		this.queue = queue;
		this.engine = engine;
		this.state = state;
		this.inquiry = inquiry;
		this.turns = turns;
		this.tenure = tenure;
	}

	/**
	 * Whether the store remembers, or may remember, that this node waits.
	 */
	boolean isRegistered() {
		return this.registered;
	}

	void registered(boolean registered) {
		this.registered = registered;
	}

	/**
	 * The store answered.
	 */
	void answered() {
		this.outage = 0;
	}

	/**
	 * Whether the store did not do what it was asked last.
	 */
	boolean isOut() {
		return this.outage > 0;
	}

	/**
	 * Whether nothing is known that would matter while the lock is held.
	 */
	boolean isAtRest() {
		return !isRegistered() && !isOut() && this.inquiry.current() == null;
	}

	/**
	 * Remembers what the store did instead of answering in time.
	 */
	void lastFailure(Throwable cause) {
		this.lastFailure = cause;
	}

	@Nullable Throwable lastFailure() {
		return this.lastFailure;
	}

	@Nullable String lastHolder() {
		return this.lastHolder;
	}

	void acquired(Question question, @Nullable Attempt attempt, @Nullable Throwable failure, Effects effects) {
		if (!this.inquiry.end(question)) {
			return;
		}
		if (attempt instanceof Granted granted) {
			this.registered = false;
			this.tenure.granted(question, granted.grant(), effects);
		}
		else if (attempt instanceof Contended contended) {
			contended(question, contended, effects);
		}
		else {
			Throwable cause = Failures.of(failure);
			if (Failures.mayHaveHappened(cause)) {
				this.registered |= question.isInterested();
				this.queue.compensate(question.owner(), question.lease());
			}
			failed(cause, effects);
		}
	}

	/**
	 * Somebody else holds the lock. If that is an owner of this node, it is dead: what is
	 * held here is never asked for.
	 */
	private void contended(Question question, Contended contended, Effects effects) {
		answered();
		this.registered |= question.isInterested();
		this.lastHolder = contended.holder();
		if (contended.holder() != null && this.engine.isOwn(contended.holder())) {
			this.queue.compensate(contended.holder(), question.lease());
		}
		if (this.inquiry.isHinted() || !question.isInterested()) {
			this.turns.contended(contended.holder(), effects);
			this.state.proceed(effects);
		}
		else {
			this.state.await(Math.min(Terms.nanos(contended.retryAfter()), KeyState.POLL), contended.holder(), effects);
		}
	}

	/**
	 * The store did not do what it was asked. Whoever has heard nothing else leaves or
	 * runs unprotected; whoever waits behind a holder goes on asking.
	 */
	void failed(Throwable cause, Effects effects) {
		this.lastFailure = cause;
		if (Failures.isMisconfigured(cause)) {
			this.turns.all(new Outcome.Misconfigured(cause), effects);
			this.state.proceed(effects);
			return;
		}
		this.outage++;
		Turn open = this.turns.unavailable(cause, effects);
		if (open != null) {
			this.tenure.holdUnprotected(open, cause, effects);
		}
		else if (this.turns.isEmpty()) {
			this.state.proceed(effects);
		}
		else {
			long pause = Math.min(KeyState.POLL, FIRST_BACK_OFF << Math.min(this.outage, 6));
			this.state.pause(pause - this.engine.jitter().upTo(pause / 2));
		}
	}

	void withdrawn(Question question, @Nullable Throwable failure, Effects effects) {
		if (!this.inquiry.end(question)) {
			return;
		}
		this.registered = false;
		if (failure != null) {
			failed(Failures.of(failure), effects);
		}
		else {
			answered();
			this.state.proceed(effects);
		}
	}

}
