package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.distributedlock.backend.Release;
import org.jspecify.annotations.Nullable;

/**
 * One request to the store that a queue waits for. It is sent at most once, and not at
 * all once it was given up.
 */
final class Question {

	/**
	 * What is asked.
	 */
	enum Kind {

		ACQUIRE, EXTEND, RELEASE, WITHDRAW

	}

	private enum State {

		UNSENT, SENT, GIVEN_UP

	}

	private static final AtomicReferenceFieldUpdater<Question, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(Question.class, State.class, "state");

	private final Kind kind;

	private final long number;

	private final String owner;

	private final long lease;

	private final boolean interested;

	private final int tokens;

	private final long askedAt;

	private final long deadline;

	private long ahead;

	private final CompletableFuture<@Nullable Release> released = new CompletableFuture<>();

	private volatile State state = State.UNSENT;

	private volatile @Nullable CompletableFuture<?> answer;

	private boolean wanted;

	/**
	 * Creates the question.
	 * @param number the number of the owner id
	 * @param owner the owner id
	 * @param lease the lease asked for, or for a release how long the record may live on
	 * @param interested whether the store shall remember that this node waits
	 */
	Question(Kind kind, long number, String owner, long lease, boolean interested, int tokens, long askedAt,
			long deadline) {
		this.kind = kind;
		this.number = number;
		this.owner = owner;
		this.lease = lease;
		this.interested = interested;
		this.tokens = tokens;
		this.askedAt = askedAt;
		this.deadline = deadline;
	}

	Kind kind() {
		return this.kind;
	}

	long number() {
		return this.number;
	}

	String owner() {
		return this.owner;
	}

	long lease() {
		return this.lease;
	}

	boolean isInterested() {
		return this.interested;
	}

	int tokens() {
		return this.tokens;
	}

	long deadline() {
		return this.deadline;
	}

	/**
	 * Completed with whether a released lease was still held, as far as anybody knows.
	 */
	CompletableFuture<@Nullable Release> released() {
		return this.released;
	}

	/**
	 * Takes the question to the store.
	 * @return {@code false} if it was given up before
	 */
	boolean begin() {
		return STATE.compareAndSet(this, State.UNSENT, State.SENT);
	}

	void sent(CompletableFuture<?> answer) {
		this.answer = answer;
		if (this.state == State.GIVEN_UP) {
			answer.cancel(true);
		}
	}

	/**
	 * Whether the answer was there when the call to the store returned.
	 */
	boolean isAnsweredAtOnce() {
		return this.answer == null;
	}

	/**
	 * Gives up waiting for the answer.
	 * @return whether the store may have received the question
	 */
	boolean giveUp() {
		return STATE.getAndSet(this, State.GIVEN_UP) == State.SENT;
	}

	/**
	 * Drops what is still unsent in the store's client.
	 */
	void cancel() {
		CompletableFuture<?> current = this.answer;
		if (current != null) {
			current.cancel(true);
		}
	}

	/**
	 * The moment before the question was sent.
	 */
	long askedAt() {
		return this.askedAt;
	}

	/**
	 * How far ahead the machine's time was before a question for a lease was sent.
	 */
	long ahead() {
		return this.ahead;
	}

	void ahead(long ahead) {
		this.ahead = ahead;
	}

	/**
	 * Another node was heard to wait for the lock that this question asks for.
	 */
	void markWanted() {
		this.wanted = true;
	}

	boolean isWanted() {
		return this.wanted;
	}

}
