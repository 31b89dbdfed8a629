package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.engine.Turn.Word;
import org.jspecify.annotations.Nullable;

/**
 * The states of a key on one node: who waits, and what is asked when. {@link Answers} has
 * what follows from the store's answers, {@link Tenure} what happens from grant to
 * release, {@link Upkeep} what happens meanwhile. Guarded by the lock of the
 * {@link KeyQueue}.
 */
final class KeyState {

	/**
	 * The longest time between two questions of a node that waits.
	 */
	static final long POLL = 1_000_000_000L;

	/**
	 * About the least time that an idle key stays in the table, for callers who come
	 * again. All that became idle within this time leave together.
	 */
	static final long IDLE = 1_000_000_000L;

	private final KeyQueue queue;

	private final Engine engine;

	private final Turns turns = new Turns();

	private final Holding holding;

	private final Inquiry inquiry;

	private final Tenure tenure;

	private final Upkeep upkeep;

	private final Answers answers;

	private Phase phase;

	private long retryAt;

	private long idleUntil;

	KeyState(KeyQueue queue, Engine engine, @Nullable LocalLease resting) {
		this.holding = new Holding(resting);
		this.phase = (resting == null) ? Phase.IDLE : Phase.HELD;
		this.queue = queue;
		this.engine = engine;
		this.inquiry = new Inquiry(queue, engine);
		this.tenure = new Tenure(queue, engine, this, this.inquiry, this.turns, this.holding);
		this.upkeep = new Upkeep(queue, engine, this, this.inquiry, this.turns, this.holding);
		this.answers = new Answers(queue, engine, this, this.inquiry, this.turns, this.tenure);
	}

	Tenure tenure() {
		return this.tenure;
	}

	Upkeep upkeep() {
		return this.upkeep;
	}

	Answers answers() {
		return this.answers;
	}

	void phase(Phase phase) {
		this.phase = phase;
	}

	boolean enter(Turn turn, Effects effects) {
		if (this.phase == Phase.GONE) {
			return false;
		}
		turn.arrive(this.queue.moment());
		if (this.engine.isShutDown()) {
			turn.resolve(new Outcome.ShutDown(), effects);
			return true;
		}
		BackendUnavailableException refusal = (this.holding.isEmpty()) ? this.engine.refusal() : null;
		if (refusal != null && turn.terms().onUnavailable() == OutagePolicy.FAIL_CLOSED) {
			turn.resolve(new Outcome.Unavailable(refusal), effects);
			return true;
		}
		boolean out = refusal != null || this.answers.isOut();
		boolean behindHolder = !this.holding.isEmpty() || (this.phase == Phase.WAITING && !out);
		boolean behindOthers = !this.turns.isEmpty() && !out && this.phase != Phase.ASKING;
		if (turn.isExpired() && (behindHolder || behindOthers)) {
			turn.resolve(contended(), effects);
			return true;
		}
		int limit = this.engine.waiterLimits().perKey();
		if (this.turns.size() >= limit) {
			turn.resolve(new Outcome.Full(limit, true), effects);
			return true;
		}
		if (behindHolder) {
			turn.word(Word.CONTENDED);
		}
		if (this.phase == Phase.HELD && this.turns.isEmpty() && this.tenure.isNextSoon()) {
			turn.sleeper().callUp();
		}
		this.turns.add(turn);
		Question question = this.inquiry.current();
		if (refusal != null && question != null) {
			effects.then(question::cancel);
			unanswered(question, Failures.notAwaited(refusal, question.giveUp()), effects);
		}
		else if (this.phase == Phase.IDLE || (this.phase == Phase.WAITING && out)) {
			ask(effects);
		}
		return true;
	}

	private Outcome contended() {
		String owner = this.holding.owner();
		return new Outcome.Contended((owner != null) ? owner : this.answers.lastHolder());
	}

	/**
	 * Ends a wait. Whoever has heard nothing yet stays for the answer that is under way:
	 * silence of the store must not pass for contention.
	 */
	void expire(Turn turn, Effects effects) {
		if (turn.isResolved()) {
			return;
		}
		Throwable failure = (turn.word() == Word.UNAVAILABLE) ? this.answers.lastFailure() : null;
		boolean open = failure != null && turn.terms().onUnavailable() == OutagePolicy.FAIL_OPEN;
		if (turn.word() == Word.NONE || (open && this.phase != Phase.WAITING)) {
			turn.expire();
		}
		else if (open) {
			this.turns.remove(turn);
			this.tenure.holdUnprotected(turn, failure, effects);
		}
		else {
			leave(turn, (failure != null) ? new Outcome.Unavailable(failure) : contended(), effects);
		}
	}

	boolean cancel(Turn turn, Effects effects) {
		if (turn.isResolved()) {
			return false;
		}
		leave(turn, new Outcome.Cancelled(), effects);
		return true;
	}

	private void leave(Turn turn, Outcome outcome, Effects effects) {
		this.turns.remove(turn);
		turn.resolve(outcome, effects);
		if (this.turns.isEmpty() && this.phase == Phase.WAITING) {
			proceed(effects);
		}
	}

	void dismiss(Effects effects) {
		this.turns.all(new Outcome.ShutDown(), effects);
		if (this.phase == Phase.WAITING) {
			proceed(effects);
		}
	}

	/**
	 * Ends a lease.
	 * @return what the store answered, nothing if it did not, if it was asked
	 */
	@Nullable CompletableFuture<@Nullable Release> release(LocalLease lease, Effects effects) {
		return this.upkeep.loseIfOver(lease, effects) ? null : this.tenure.end(lease, effects);
	}

	/**
	 * Goes on when nothing is held and nothing is under way.
	 */
	void proceed(Effects effects) {
		if (!this.turns.isEmpty()) {
			ask(effects);
		}
		else if (this.answers.isRegistered()) {
			this.phase = Phase.WITHDRAWING;
			this.inquiry.withdraw(effects);
		}
		else {
			this.phase = Phase.IDLE;
			this.idleUntil = (this.queue.lastMoment() / IDLE + 2) * IDLE;
			this.answers.answered();
		}
	}

	/**
	 * Returns the lease of a key that is only held: all that there is to know about it.
	 */
	@Nullable LocalLease rest() {
		boolean atRest = this.phase == Phase.HELD && this.turns.isEmpty() && this.answers.isAtRest();
		return atRest ? this.holding.rest() : null;
	}

	boolean isIdle() {
		return this.phase == Phase.IDLE;
	}

	private void ask(Effects effects) {
		this.phase = Phase.ASKING;
		this.inquiry.acquire(this.turns.first().terms().lease(), this.turns.anyPatient(), this.tenure.tokens(),
				effects);
	}

	/**
	 * Waits for a hint, and asks again without one later.
	 */
	void await(long pause, @Nullable String holder, Effects effects) {
		this.turns.contended(holder, effects);
		pause(pause);
		if (this.turns.isEmpty()) {
			proceed(effects);
		}
	}

	void pause(long pause) {
		this.phase = Phase.WAITING;
		this.retryAt = this.queue.moment() + pause + this.engine.jitter().upTo(pause / 8);
	}

	boolean yourTurn(Effects effects) {
		this.inquiry.hint();
		if (this.phase == Phase.WAITING) {
			ask(effects);
		}
		else if (this.phase == Phase.IDLE) {
			this.answers.registered(true);
			proceed(effects);
		}
		return this.phase != Phase.GONE;
	}

	@Nullable RenewalAttempt onDue(Effects effects) {
		long now = this.queue.moment();
		Question question = this.inquiry.current();
		Throwable overdue = this.inquiry.overdue(now, effects);
		if (question != null && overdue != null) {
			unanswered(question, overdue, effects);
		}
		else if (this.phase == Phase.WAITING && now >= this.retryAt) {
			ask(effects);
		}
		return (this.phase == Phase.HELD) ? this.upkeep.onDue(effects) : null;
	}

	/**
	 * Goes on after a question that was given up.
	 */
	private void unanswered(Question question, Throwable failure, Effects effects) {
		switch (question.kind()) {
			case ACQUIRE -> this.answers.acquired(question, null, failure, effects);
			case EXTEND -> this.tenure.extended(question, null, failure, effects);
			case RELEASE -> this.tenure.released(question, null, failure, effects);
			case WITHDRAW -> this.answers.withdrawn(question, failure, effects);
		}
	}

	/**
	 * Returns whether nobody has been here for long; from then on nobody comes.
	 */
	boolean settle() {
		if (this.phase != Phase.IDLE || !(this.engine.isShutDown() || this.queue.lastMoment() >= this.idleUntil)) {
			return false;
		}
		this.phase = Phase.GONE;
		return true;
	}

	long due() {
		Question question = this.inquiry.current();
		if (question != null) {
			return question.deadline();
		}
		return switch (this.phase) {
			case IDLE -> this.idleUntil;
			case WAITING -> this.retryAt;
			case HELD -> this.upkeep.due();
			default -> Ticker.NEVER;
		};
	}

}
