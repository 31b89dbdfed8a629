package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScriptAsync;
import org.redisson.client.RedisNoScriptException;

/**
 * One call of a script, from the question to the answer. It is sent at most once, except
 * that a server that does not know the script is told it; what was not sent when this is
 * cancelled or its time is over never will be.
 *
 * @param <T> the answer
 */
final class RedisQuestion<T> extends CompletableFuture<T> {

	private final boolean background;

	private final LuaScript script;

	private final List<Object> keys;

	private final Function<RedisLink, Object[]> arguments;

	private final Function<List<?>, T> answer;

	private final AtomicBoolean decided = new AtomicBoolean();

	private volatile boolean batched;

	private volatile @Nullable RFuture<?> sent;

	private volatile @Nullable List<?> reply;

	private volatile @Nullable Throwable failure;

	private volatile @Nullable Future<?> timer;

	RedisQuestion(boolean background, LuaScript script, List<Object> keys, Function<RedisLink, Object[]> arguments,
			Function<List<?>, T> answer) {
		this.background = background;
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
		List<?> answered = this.reply;
		if (answered != null) {
			read(answered);
			return;
		}
		fail(new BackendUnavailableException(
				(unsent) ? "the request was not sent to Redis in time" : "Redis did not answer in time", !unsent,
				null));
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

	/**
	 * Takes this question on its way.
	 * @return {@code false} if it was given up before
	 */
	boolean depart() {
		return this.decided.compareAndSet(false, true);
	}

	/**
	 * Returns whether this is one of many that nobody waits for.
	 */
	boolean isBackground() {
		return this.background;
	}

	/**
	 * Returns the key that decides which server is asked.
	 */
	String route() {
		return (String) this.keys.get(0);
	}

	/**
	 * Hands this question to the client.
	 * @param scripts calls scripts, at once or as part of a batch
	 * @param route the key that decides which server is asked
	 * @param batched whether this is part of a batch
	 * @return completed when the client expects no answer any more
	 */
	CompletionStage<?> ask(RedisLink link, RScriptAsync scripts, String route, boolean batched) {
		this.batched = batched;
		return call(() -> scripts.evalShaAsync(route, RScript.Mode.READ_WRITE, this.script.sha1(),
				RScript.ReturnType.LIST, this.keys, this.arguments.apply(link)));
	}

	private CompletionStage<?> call(Supplier<RFuture<List<?>>> request) {
		RFuture<List<?>> future;
		try {
			future = request.get();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			return CompletableFuture.failedFuture(ex);
		}
		this.sent = future;
		if (isDone()) {
			drop();
		}
		return future.whenComplete((reply, failed) -> {
			if (failed == null) {
				this.reply = (reply != null) ? reply : List.of();
			}
			this.failure = (failed instanceof CompletionException) ? failed.getCause() : failed;
		});
	}

	/**
	 * Gives the answer to who asked. What was surely refused before it was run is asked
	 * again, alone: with the script if the server does not know it, or because a batch
	 * keeps the refusal for itself.
	 * @param batchFailure the failure of the batch that this was part of, if there was
	 * one
	 */
	void deliver(RedisLink link, @Nullable Throwable batchFailure) {
		Throwable failed = this.failure;
		if (isDone()) {
			return;
		}
		if (failed instanceof RedisNoScriptException) {
			this.failure = null;
			this.batched = false;
			call(() -> link.scripts()
				.evalAsync(route(), RScript.Mode.READ_WRITE, this.script.text(), RScript.ReturnType.LIST, this.keys,
						this.arguments.apply(link)))
				.whenComplete((reply, failure) -> conclude());
		}
		else if (failed == null && this.reply == null && RedisFailures.isHeldBack(batchFailure)) {
			ask(link, link.scripts(), route(), false).whenComplete((reply, failure) -> deliver(link, null));
		}
		else {
			conclude();
		}
	}

	private void conclude() {
		Throwable failed = this.failure;
		List<?> answered = this.reply;
		if (failed != null) {
			fail(this.batched ? RedisFailures.ofBatched(failed) : RedisFailures.ofRequest(failed));
		}
		else if (answered != null) {
			read(answered);
		}
		else {
			fail(new BackendUnavailableException("Redis did not answer", true, null));
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

	/**
	 * Withdraws what the client has not sent yet. A request in a batch is completed
	 * instead of cancelled: it is not sent then, either, and Redisson never ends a batch
	 * that holds a cancelled one.
	 */
	private void drop() {
		stopTimer();
		RFuture<?> request = this.sent;
		if (request != null && this.batched) {
			request.toCompletableFuture().complete(null);
		}
		else if (request != null) {
			request.cancel(false);
		}
	}

}
