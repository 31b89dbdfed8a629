package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.client.RedisNoScriptException;

/**
 * One call of a script, from the question to the answer. It is sent at most once, except
 * that a server that does not know the script is told it; what was not sent when this is
 * cancelled or its time is over never will be.
 *
 * @param <T> the answer
 */
final class RedisQuestion<T> extends CompletableFuture<T> {

	private final LuaScript script;

	private final List<Object> keys;

	private final Function<RedisLink, Object[]> arguments;

	private final Function<List<?>, T> answer;

	private final AtomicBoolean decided = new AtomicBoolean();

	private volatile @Nullable RFuture<?> sent;

	private volatile @Nullable Future<?> timer;

	RedisQuestion(LuaScript script, List<Object> keys, Function<RedisLink, Object[]> arguments,
			Function<List<?>, T> answer) {
		this.script = script;
		this.keys = keys;
		this.arguments = arguments;
		this.answer = answer;
	}

	/**
	 * Ends this question at a time.
	 * @param timer will call {@link #expire}, and is cancelled when the answer is there
	 */
	void expiresBy(Future<?> timer) {
		this.timer = timer;
		if (isDone()) {
			timer.cancel(false);
		}
	}

	/**
	 * Ends this question without an answer, because its time is over.
	 */
	void expire() {
		boolean unsent = this.decided.compareAndSet(false, true);
		fail(new BackendUnavailableException(
				(unsent) ? "there is no connection to Redis yet" : "Redis did not answer in time", !unsent, null));
		drop();
	}

	/**
	 * Ends this question before it was sent; does nothing otherwise.
	 * @param failure why
	 */
	void refuse(BackendException failure) {
		if (this.decided.compareAndSet(false, true)) {
			fail(failure);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		this.decided.set(true);
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		drop();
		return cancelled;
	}

	void send(RedisLink link) {
		if (this.decided.compareAndSet(false, true)) {
			ask(link, false);
		}
	}

	private void ask(RedisLink link, boolean withText) {
		try {
			RScript scripts = link.scripts();
			Object[] values = this.arguments.apply(link);
			RFuture<List<?>> future = (withText)
					? scripts.evalAsync(RScript.Mode.READ_WRITE, this.script.text(), RScript.ReturnType.LIST, this.keys,
							values)
					: scripts.evalShaAsync(RScript.Mode.READ_WRITE, this.script.sha1(), RScript.ReturnType.LIST,
							this.keys, values);
			this.sent = future;
			if (isDone()) {
				future.cancel(false);
			}
			future.whenComplete((reply, failure) -> answered(link, withText, reply, failure));
		}
		catch (RuntimeException ex) {
			fail(RedisFailures.ofRequest(ex));
		}
	}

	private void answered(RedisLink link, boolean withText, @Nullable List<?> reply, @Nullable Throwable failure) {
		if (isDone()) {
			return;
		}
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof RedisNoScriptException && !withText) {
			ask(link, true);
		}
		else if (cause != null) {
			fail(RedisFailures.ofRequest(cause));
		}
		else {
			read((reply != null) ? reply : List.of());
		}
	}

	private void read(List<?> reply) {
		T value;
		try {
			value = this.answer.apply(reply);
		}
		catch (BackendException ex) {
			fail(ex);
			return;
		}
		complete(value);
		stopTimer();
	}

	private void fail(BackendException failure) {
		completeExceptionally(failure);
		stopTimer();
	}

	private void stopTimer() {
		Future<?> running = this.timer;
		if (running != null) {
			running.cancel(false);
		}
	}

	private void drop() {
		stopTimer();
		RFuture<?> request = this.sent;
		if (request != null) {
			request.cancel(false);
		}
	}

}
