package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Attempt.Contended;
import io.github.distributedlock.backend.Attempt.Granted;
import io.github.distributedlock.engine.Turn.Word;
import org.jspecify.annotations.Nullable;

/**
 * The states of a key on one node: who waits, what is asked, and what follows from the
 * answer. {@link Tenure} has what happens from grant to release, {@link Upkeep} what
 * happens meanwhile. Guarded by the lock of the {@link KeyQueue}.
 */
final class KeyState {

	/**
	 * The longest time between two questions of a node that waits.
	 */
	static final long POLL = 1_000_000_000L;

	private static final long FIRST_BACK_OFF = 50_000_000L;

	private final KeyQueue queue;

	private final Engine engine;

	private final Turns turns = new Turns();

	private final Holding holding = new Holding();

	private final Inquiry inquiry;

	private final Tenure tenure;

	private final Upkeep upkeep;

	private Phase phase = Phase.IDLE;

	private boolean registered;

	private @Nullable String lastHolder;

	private @Nullable Throwable lastFailure;

	private int outage;

	private long retryAt;

	KeyState(KeyQueue queue, Engine engine) {
		this.queue = queue;
		this.engine = engine;
		this.inquiry = new Inquiry(queue, engine);
		this.tenure = new Tenure(queue, engine, this, this.inquiry, this.turns, this.holding);
		this.upkeep = new Upkeep(queue, engine, this, this.holding);
	}

	Tenure tenure() {
		return this.tenure;
	}

	Upkeep upkeep() {
		return this.upkeep;
	}

	void phase(Phase phase) {
		this.phase = phase;
	}

	/**
	 * Whether the store remembers, or may remember, that this node waits.
	 */
	void registered(boolean registered) {
		this.registered = registered;
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
		boolean behindHolder = !this.holding.isEmpty() || (this.phase == Phase.WAITING && !out);
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
		String owner = this.holding.owner();
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
		Throwable failure = (turn.word() == Word.UNAVAILABLE) ? this.lastFailure : null;
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
	 * @return the store's answer, whether the record was still there, if it was asked
	 */
	@Nullable CompletableFuture<Boolean> release(LocalLease lease, Effects effects) {
		return this.upkeep.loseIfOver(lease, effects) ? null : this.tenure.end(lease, effects);
	}

	/**
	 * Lets a release follow the renewal that it had to wait for.
	 */
	void releaseAfter(HeldGrant renewed, Effects effects) {
		Question question = this.inquiry.current();
		if (this.phase == Phase.RELEASING && question != null && question.owner().equals(renewed.owner())) {
			this.inquiry.send(effects);
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
			this.phase = Phase.WITHDRAWING;
			this.inquiry.withdraw(effects);
		}
		else {
			this.phase = Phase.IDLE;
		}
	}

	private void ask(Effects effects) {
		this.phase = Phase.ASKING;
		this.inquiry.acquire(this.turns.first().terms().lease(), this.turns.anyPatient(),
				Math.min(this.turns.size(), Tenure.MOST_TOKENS), effects);
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
				this.engine.compensate(this.queue.key(), question.owner(), this.queue.now() + question.lease());
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
			this.engine.compensate(this.queue.key(), contended.holder(), this.queue.now() + question.lease());
		}
		if (this.inquiry.isHinted() || !question.isInterested()) {
			this.turns.contended(contended.holder(), effects);
			proceed(effects);
		}
		else {
			await(Math.min(Terms.nanos(contended.retryAfter()), POLL), contended.holder(), effects);
		}
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

	private void pause(long pause) {
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
			pause(Math.min(POLL, FIRST_BACK_OFF << Math.min(this.outage, 6)));
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
			proceed(effects);
		}
	}

	boolean yourTurn(Effects effects) {
		this.inquiry.hint();
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
		Question question = this.inquiry.current();
		Throwable overdue = this.inquiry.overdue(now, effects);
		if (question != null && overdue != null) {
			switch (question.kind()) {
				case ACQUIRE -> acquired(question, null, overdue, effects);
				case EXTEND -> this.tenure.extended(question, null, overdue, effects);
				case RELEASE -> this.tenure.released(question, null, overdue, effects);
				case WITHDRAW -> withdrawn(question, overdue, effects);
			}
		}
		else if (this.phase == Phase.WAITING && now >= this.retryAt) {
			ask(effects);
		}
		return (this.phase == Phase.HELD) ? this.upkeep.onDue(effects) : null;
	}

	/**
	 * Returns whether nobody is here any more; from then on nobody comes.
	 */
	boolean settle() {
		if (this.phase != Phase.IDLE) {
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
			case WAITING -> this.retryAt;
			case HELD -> this.upkeep.due();
			default -> Ticker.NEVER;
		};
	}

}
