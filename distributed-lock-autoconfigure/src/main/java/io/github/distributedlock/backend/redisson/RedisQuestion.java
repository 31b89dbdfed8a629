package io.github.distributedlock.backend.redisson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * One question about one lock, until it is answered. It is sent at most once, except that
 * one that was surely refused is asked again. What has not left when this is cancelled or
 * its time is over never will; what has left is withdrawn if the client has not sent it
 * and nobody else's question is in the same call.
 *
 * @param <T> the answer
 */
final class RedisQuestion<T> extends CompletableFuture<T> {

	/**
	 * Whom a question may have to wait for: only others of its kind.
	 */
	enum Way {

		/** What is neither of the others. */
		REQUEST,

		/** A renewal that comes alone: a lease or a caller may wait for it. */
		RENEWAL,

		/** One of many renewals. */
		BURST

	}

	private static final VarHandle DECIDED = handle("decided", boolean.class);

	private static final VarHandle CALL = handle("call", ScriptCall.class);

	private final Way way;

	private final long deadline;

	private final List<String> records;

	private final String lead;

	private final String owner;

	private final String rest;

	private final Function<String, T> answer;

	private volatile boolean decided;

	private volatile @Nullable ScriptCall call;

	/**
	 * Creates the question.
	 * @param way whom this may have to wait for for others
	 * @param deadline when nobody wants the answer any more
	 * @param records the records of the lock, as the script wants them
	 * @param lead what the question begins with, as the script wants it: all before the
	 * owner, with a space
	 * @param owner the owner, as the lock's record has it; nothing if the lead says all
	 * @param rest what comes after the owner and a space; nothing if the owner comes last
	 * @param answer reads the script's answer
	 */
	RedisQuestion(Way way, long deadline, List<String> records, String lead, String owner, String rest,
			Function<String, T> answer) {
		this.way = way;
		this.deadline = deadline;
		this.records = records;
		this.lead = lead;
		this.owner = owner;
		this.rest = rest;
		this.answer = answer;
	}

	private static VarHandle handle(String field, Class<?> type) {
		try {
			return MethodHandles.lookup().findVarHandle(RedisQuestion.class, field, type);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Way way() {
		return this.way;
	}

	long deadline() {
		return this.deadline;
	}

	/**
	 * Returns whether this would take a lock that nobody holds for its owner.
	 */
	boolean asksForALock() {
		return this.lead.startsWith("a ");
	}

	List<String> records() {
		return this.records;
	}

	/**
	 * Returns what this begins with, up to the owner.
	 */
	String lead() {
		return this.lead;
	}

	String owner() {
		return this.owner;
	}

	String rest() {
		return this.rest;
	}

	/**
	 * Returns the whole question, as the script wants it.
	 */
	String text() {
		return (this.rest.isEmpty()) ? this.lead + this.owner : this.lead + this.owner + ' ' + this.rest;
	}

	/**
	 * Returns the record that decides which server is asked.
	 */
	String route() {
		return this.records.get(0);
	}

	/**
	 * Takes this question on its way.
	 * @return {@code false} if it was given up before
	 */
	boolean depart() {
		return DECIDED.compareAndSet(this, false, true);
	}

	/**
	 * This question leaves with a call, if it is still wanted.
	 */
	void leaveWith(ScriptCall departing) {
		this.call = departing;
		if (isDone()) {
			drop();
		}
	}

	/**
	 * Ends this question without an answer, because its time is over.
	 * @param unsent whether it can no longer leave
	 */
	void expire(boolean unsent) {
		if (fail(new BackendUnavailableException(
				(unsent) ? "the request was not sent to Redis in time" : "Redis did not answer in time", !unsent,
				null))) {
			drop();
		}
	}

	/**
	 * Ends this question before it was sent; does nothing otherwise.
	 * @param failure why
	 */
	void refuse(BackendException failure) {
		if (depart()) {
			fail((failure instanceof BackendMisconfiguredException)
					? new BackendMisconfiguredException(String.valueOf(failure.getMessage()), false, failure.getCause())
					: failure);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		depart();
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			drop();
		}
		return cancelled;
	}

	private void drop() {
		ScriptCall departed = (ScriptCall) CALL.getAndSet(this, null);
		if (departed != null) {
			departed.giveUp();
		}
	}

	/**
	 * Ends this question with what the script said, if that is an answer at all.
	 */
	void answered(String said) {
		if (isDone()) {
			return;
		}
		if (said.startsWith("-")) {
			fail(RedisFailures.ofAnswer(said.substring(1)));
			return;
		}
		T value;
		try {
			value = this.answer.apply(said);
		}
		catch (BackendException ex) {
			fail(ex);
			return;
		}
		complete(value);
	}

	boolean fail(BackendException failure) {
		return completeExceptionally(failure);
	}

}
