package io.github.distributedlock.engine;

import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Attempt.Contended;
import io.github.distributedlock.backend.Attempt.Granted;
import io.github.distributedlock.engine.Question.Kind;
import io.github.distributedlock.engine.Turn.Word;
import org.jspecify.annotations.Nullable;

/**
 * The states of a key on one node while nobody here holds it; {@link Tenure} has those
 * from grant to release. Guarded by the lock of the {@link KeyQueue}.
 * <p>
 * At most one question is under way. An answer to a question that was given up finds
 * another one, or none, and changes nothing: its owner id is dead.
 */
final class KeyState {

	/**
	 * Where a key is.
	 */
	enum Phase {

		/** Nobody is here. */
		IDLE,
		/** A question for the lock is under way. */
		ASKING,
		/** Somebody else holds the lock, or the store is out: ask again later. */
		WAITING,
		/** A local caller holds the lock. */
		HELD,
		/** The next local caller will hold it, once the store extended the grant. */
		EXTENDING,
		/** The release is under way. */
		RELEASING,
		/** The store is being told that this node waits no longer. */
		WITHDRAWING,
		/** No longer in the table: callers find another queue. */
		GONE

	}

	/**
	 * The longest time between two questions of a node that waits.
	 */
	static final long POLL = 1_000_000_000L;

	private static final long FIRST_BACK_OFF = 50_000_000L;

	private final KeyQueue queue;

	private final Engine engine;

	private final Courier courier;

	private final Tenure tenure;

	private final Turns turns = new Turns();

	private Phase phase = Phase.IDLE;

	private @Nullable Question question;

	private @Nullable String lastHolder;

	private @Nullable Throwable lastFailure;

	private boolean registered;

	private boolean hinted;

	private int outage;

	private long retryAt;

	KeyState(KeyQueue queue, Engine engine) {
		this.queue = queue;
		this.engine = engine;
		this.courier = new Courier(queue, engine.backend());
		this.tenure = new Tenure(queue, engine, this, this.turns);
	}

	Tenure tenure() {
		return this.tenure;
	}

	Phase phase() {
		return this.phase;
	}

	void phase(Phase phase) {
		this.phase = phase;
	}

	@Nullable Question question() {
		return this.question;
	}

	/**
	 * Whether the store remembers, or may remember, that this node waits.
	 */
	void registered(boolean registered) {
		this.registered = registered;
	}

	boolean isHinted() {
		return this.hinted;
	}

	/**
	 * The store answered.
	 */
	void answered() {
		this.outage = 0;
	}

	boolean enter(Turn turn, Effects effects) {
		if (this.phase == Phase.GONE) {
			return false;
		}
		if (this.engine.isShutDown()) {
			turn.resolve(new Outcome.ShutDown(), effects);
			return true;
		}
		boolean out = this.outage > 0;
		boolean behindHolder = this.tenure.isHolding() || (this.phase == Phase.WAITING && !out);
		boolean behindOthers = !this.turns.isEmpty() && !out && this.phase != Phase.ASKING;
		if (turn.isExpired() && (behindHolder || behindOthers)) {
			turn.resolve(contended(), effects);
			return true;
		}
		if (behindHolder) {
			turn.word(Word.CONTENDED);
		}
		this.turns.add(turn);
		if (this.phase == Phase.IDLE || (this.phase == Phase.WAITING && out)) {
			ask(effects);
		}
		return true;
	}

	private Outcome contended() {
		String owner = this.tenure.owner();
		return new Outcome.Contended((owner != null) ? owner : this.lastHolder);
	}

	/**
	 * Ends a wait. Whoever has heard nothing yet stays for the answer that is under way:
	 * silence of the store must not pass for contention.
	 */
	void expire(Turn turn, Effects effects) {
		if (turn.isResolved()) {
			return;
		}
		boolean open = turn.word() == Word.UNAVAILABLE && turn.terms().onUnavailable() == OutagePolicy.FAIL_OPEN;
		if (turn.word() == Word.NONE || (open && this.question != null)) {
			turn.expire();
		}
		else if (open && this.phase == Phase.WAITING && this.lastFailure != null) {
			this.turns.remove(turn);
			this.tenure.holdUnprotected(turn, this.lastFailure, effects);
		}
		else if (turn.word() == Word.UNAVAILABLE && this.lastFailure != null) {
			leave(turn, new Outcome.Unavailable(this.lastFailure), effects);
		}
		else {
			leave(turn, contended(), effects);
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
	 * Goes on when nothing is held and nothing is under way.
	 */
	void proceed(Effects effects) {
		if (!this.turns.isEmpty()) {
			ask(effects);
		}
		else if (this.registered) {
			pose(Phase.WITHDRAWING, new Question(Kind.WITHDRAW, "", 0, false, 0, this.queue.now(), timeout()), effects);
		}
		else {
			this.phase = Phase.IDLE;
		}
	}

	private void ask(Effects effects) {
		int tokens = Math.min(this.turns.size(), Tenure.MOST_TOKENS);
		long lease = this.turns.first().terms().lease();
		pose(Phase.ASKING, new Question(Kind.ACQUIRE, this.engine.nextOwner(), lease, this.turns.anyPatient(), tokens,
				this.queue.now(), timeout()), effects);
	}

	private void pose(Phase phase, Question question, Effects effects) {
		pose(phase, question);
		send(question, effects);
	}

	/**
	 * Has a question under way. Hints that come from now on are remembered until it is
	 * answered.
	 */
	void pose(Phase phase, Question question) {
		this.phase = phase;
		this.question = question;
		this.hinted = false;
	}

	/**
	 * Sends a question that was posed, unless it was sent or given up before.
	 */
	void send(Question question, Effects effects) {
		effects.then(() -> this.courier.send(question));
	}

	private long timeout() {
		return this.queue.now() + this.engine.commandTimeout();
	}

	/**
	 * Ends a question.
	 * @return {@code false} if it was given up before
	 */
	boolean end(Question question) {
		if (this.question != question) {
			return false;
		}
		this.question = null;
		return true;
	}

	void acquired(Question question, @Nullable Attempt attempt, @Nullable Throwable failure, Effects effects) {
		if (!end(question)) {
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
				this.engine.compensate(this.queue.key(), question.owner(), this.queue.now() + question.lease());
			}
			failed(cause, effects);
		}
	}

	private void contended(Question question, Contended contended, Effects effects) {
		this.outage = 0;
		this.registered |= question.isInterested();
		this.lastHolder = contended.holder();
		if (contended.holder() != null && this.engine.isOwn(contended.holder())) {
			this.engine.compensate(this.queue.key(), contended.holder(), this.queue.now() + question.lease());
		}
		this.turns.contended(contended.holder(), effects);
		if (this.turns.isEmpty() || this.hinted || !question.isInterested()) {
			proceed(effects);
		}
		else {
			await(Math.min(Terms.nanos(contended.retryAfter()), POLL));
		}
	}

	void await(long pause) {
		this.phase = Phase.WAITING;
		this.retryAt = this.queue.now() + pause + this.engine.jitter().upTo(pause / 8);
	}

	/**
	 * The store did not do what it was asked. Whoever has heard nothing else leaves or
	 * runs unprotected; whoever waits behind a holder goes on asking.
	 */
	void failed(Throwable cause, Effects effects) {
		this.lastFailure = cause;
		if (Failures.isMisconfigured(cause)) {
			this.turns.all(new Outcome.Misconfigured(cause), effects);
			proceed(effects);
			return;
		}
		this.outage++;
		Turn open = this.turns.unavailable(cause, effects);
		if (open != null) {
			this.tenure.holdUnprotected(open, cause, effects);
		}
		else if (this.turns.isEmpty()) {
			proceed(effects);
		}
		else {
			await(Math.min(POLL, FIRST_BACK_OFF << Math.min(this.outage, 6)));
		}
	}

	void withdrawn(Question question, @Nullable Throwable failure, Effects effects) {
		if (!end(question)) {
			return;
		}
		this.registered = false;
		if (failure != null) {
			failed(Failures.of(failure), effects);
			return;
		}
		this.outage = 0;
		proceed(effects);
	}

	boolean yourTurn(Effects effects) {
		this.hinted = this.question != null;
		if (this.phase == Phase.WAITING) {
			ask(effects);
		}
		else if (this.phase == Phase.IDLE) {
			this.registered = true;
			proceed(effects);
		}
		return this.phase != Phase.GONE;
	}

	@Nullable RenewalAttempt onDue(Effects effects) {
		long now = this.queue.now();
		Question current = this.question;
		if (current != null) {
			if (now >= current.deadline()) {
				unanswered(current, effects);
			}
			return null;
		}
		if (this.phase == Phase.WAITING && now >= this.retryAt) {
			ask(effects);
		}
		return (this.phase == Phase.HELD) ? this.tenure.onDue(now, effects) : null;
	}

	private void unanswered(Question question, Effects effects) {
		Throwable failure = Failures.unanswered(question, question.giveUp());
		effects.then(question::cancel);
		switch (question.kind()) {
			case ACQUIRE -> acquired(question, null, failure, effects);
			case EXTEND -> this.tenure.extended(question, null, failure, effects);
			case RELEASE -> this.tenure.released(question, null, failure, effects);
			case WITHDRAW -> withdrawn(question, failure, effects);
		}
	}

	/**
	 * Whether nobody is here any more; from then on nobody comes.
	 */
	boolean settle() {
		if (this.phase != Phase.IDLE) {
			return false;
		}
		this.phase = Phase.GONE;
		return true;
	}

	long due() {
		if (this.question != null) {
			return this.question.deadline();
		}
		return switch (this.phase) {
			case WAITING -> this.retryAt;
			case HELD -> this.tenure.due();
			default -> Ticker.NEVER;
		};
	}

}
