package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import org.jspecify.annotations.Nullable;

/**
 * One renewal of a held grant by the keeper. Guarded by the queue's lock.
 */
final class RenewalAttempt {

	private final KeyQueue queue;

	private final HeldGrant grant;

	private final Renew renew;

	private final long deadline;

	private long sentAt;

	private long ahead;

	private @Nullable CompletableFuture<Renewal> answer;

	RenewalAttempt(KeyQueue queue, HeldGrant grant, Renew renew, long deadline) {
		this.queue = queue;
		this.grant = grant;
		this.renew = renew;
		this.deadline = deadline;
	}

	KeyQueue queue() {
		return this.queue;
	}

	HeldGrant grant() {
		return this.grant;
	}

	Renew renew() {
		return this.renew;
	}

	/**
	 * When this attempt is given up.
	 */
	long deadline() {
		return this.deadline;
	}

	/**
	 * The moment from which a confirmed lease counts: before the renewal was sent.
	 */
	long sentAt() {
		return this.sentAt;
	}

	boolean isSent() {
		return this.answer != null;
	}

	/**
	 * How far ahead the machine's time was when this was collected.
	 */
	long ahead() {
		return this.ahead;
	}

	void ahead(long ahead) {
		this.ahead = ahead;
	}

	void sent(long sentAt, CompletableFuture<Renewal> answer) {
		this.sentAt = sentAt;
		this.answer = answer;
	}

	void drop() {
		if (this.answer != null) {
			this.answer.cancel(true);
		}
	}

}
