package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

/**
 * One caller's wait for a lock. Its state belongs to the queue and is guarded by the
 * queue's lock; only the outcome leaves it.
 */
final class Turn {

	/**
	 * The last that is known about the lock, as far as this caller is concerned.
	 */
	enum Word {

		NONE, CONTENDED, UNAVAILABLE

	}

	private final Terms terms;

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private final Sleeper sleeper = new Sleeper();

	private long startedAt = Ticker.NEVER;

	private Word word = Word.NONE;

	private boolean expired;

	private boolean resolved;

	Turn(Terms terms) {
		this.terms = terms;
		this.expired = terms.waitTime() == 0;
	}

	Terms terms() {
		return this.terms;
	}

	/**
	 * The moment at which the caller came to a queue first, from which its wait counts.
	 */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * The moment at which its wait is over.
	 */
	long waitsUntil() {
		return this.startedAt + this.terms.waitTime();
	}

	void arrive(long moment) {
		this.startedAt = Math.min(this.startedAt, moment);
	}

	/**
	 * Returns another wait of the same caller, as part of this one.
	 */
	Turn again() {
		Turn again = new Turn(this.terms);
		again.arrive(this.startedAt);
		return again;
	}

	CompletableFuture<Outcome> outcome() {
		return this.outcome;
	}

	/**
	 * The caller's thread, if it waits.
	 */
	Sleeper sleeper() {
		return this.sleeper;
	}

	Word word() {
		return this.word;
	}

	void word(Word word) {
		this.word = word;
	}

	/**
	 * Whether the wait time is over: the caller stays for the answer that is under way,
	 * and no longer.
	 */
	boolean isExpired() {
		return this.expired;
	}

	void expire() {
		this.expired = true;
	}

	boolean isResolved() {
		return this.resolved;
	}

	/**
	 * Ends the wait, once and for all.
	 */
	void resolve(Outcome outcome, Effects effects) {
		this.resolved = true;
		effects.wake(() -> {
			this.outcome.complete(outcome);
			this.sleeper.wake();
		});
	}

}
