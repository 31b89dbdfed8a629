package io.github.distributedlock.engine;

import io.github.distributedlock.engine.Question.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The one question that a queue has under way, if any. An answer to a question that was
 * given up finds another one, or none, and changes nothing: its owner id is dead. Guarded
 * by the lock of the {@link KeyQueue}.
 */
final class Inquiry {

	private final KeyQueue queue;

	private final Engine engine;

	private final Courier courier;

	private @Nullable Question question;

	private boolean hinted;

	Inquiry(KeyQueue queue, Engine engine) {
		this.queue = queue;
		this.engine = engine;
		this.courier = new Courier(queue, engine.backend());
	}

	@Nullable Question current() {
		return this.question;
	}

	/**
	 * Returns whether "your turn" was heard since the last question was posed. It can
	 * overtake the answer that it follows.
	 */
	boolean isHinted() {
		return this.hinted;
	}

	void hint() {
		this.hinted = true;
	}

	void acquire(long lease, boolean interested, int tokens, Effects effects) {
		long number = this.engine.nextNumber();
		poseForLease(new Question(Kind.ACQUIRE, number, this.engine.owner(number), lease, interested, tokens,
				this.queue.moment(), timeout()));
		send(effects);
	}

	void extend(HeldGrant held, long lease, int tokens, Effects effects) {
		held.mayLast(lease);
		long deadline = this.queue.moment() + Math.min(this.engine.commandTimeout(), lease / 6);
		poseForLease(new Question(Kind.EXTEND, held.number(), held.owner(), lease, false, tokens, this.queue.moment(),
				deadline));
		send(effects);
	}

	/**
	 * Asks for a release. A renewal that was collected goes first, and the release
	 * follows it.
	 */
	Question release(HeldGrant held, boolean rejoin, Effects effects) {
		Question release = new Question(Kind.RELEASE, held.number(), held.owner(), held.longestLease(), rejoin, 0,
				this.queue.moment(), timeout());
		pose(release);
		if (!held.renewals().isUnsent()) {
			send(effects);
		}
		return release;
	}

	/**
	 * Lets a release follow the renewal that it had to wait for.
	 */
	void releaseAfter(HeldGrant renewed, Effects effects) {
		Question current = this.question;
		if (current != null && current.kind() == Kind.RELEASE && current.number() == renewed.number()) {
			renewed.renewals().drop(effects);
			send(effects);
		}
	}

	void withdraw(Effects effects) {
		pose(new Question(Kind.WITHDRAW, 0, "", 0, false, 0, this.queue.moment(), timeout()));
		send(effects);
	}

	private long timeout() {
		return this.queue.moment() + this.engine.commandTimeout();
	}

	/**
	 * Poses a question whose answer has a deadline, which a sleep of the machine puts in
	 * doubt.
	 */
	private void poseForLease(Question question) {
		question.ahead(this.engine.machineTime().ahead(this.queue.moment()));
		pose(question);
	}

	private void pose(Question question) {
		this.question = question;
		this.hinted = false;
	}

	/**
	 * Sends the question, unless it was sent or given up before.
	 */
	void send(Effects effects) {
		Question current = this.question;
		if (current != null) {
			effects.then(() -> this.courier.send(current));
		}
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

	/**
	 * Returns the failure of the question if its time is over. It is not sent any more,
	 * and may be answered too late.
	 */
	@Nullable Throwable overdue(long now, Effects effects) {
		Question current = this.question;
		if (current == null || now < current.deadline()) {
			return null;
		}
		effects.then(current::cancel);
		return Failures.unanswered(current, current.giveUp());
	}

}
