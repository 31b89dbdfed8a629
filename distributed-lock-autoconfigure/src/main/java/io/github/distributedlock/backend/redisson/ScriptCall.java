package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScriptAsync;

/**
 * One call of the script with one question or several, until all of them are answered.
 */
final class ScriptCall {

	private final RedisLink link;

	private final Company company;

	private final CallText text;

	private final List<RedisQuestion<?>> questions;

	private final AtomicInteger wanted;

	private volatile boolean batched;

	private volatile @Nullable RFuture<?> sent;

	private volatile @Nullable String reply;

	private volatile @Nullable Throwable failure;

	ScriptCall(RedisLink link, Company company, List<RedisQuestion<?>> questions) {
		this.link = link;
		this.company = company;
		this.text = new CallText(questions);
		this.questions = this.text.questions();
		this.wanted = new AtomicInteger(questions.size());
		this.questions.forEach((question) -> question.leaveWith(this));
	}

	/**
	 * Hands the questions to the client.
	 * @return completed when the client expects no answer any more
	 */
	CompletionStage<?> ask() {
		return ask(this.link.scripts(), this.questions.get(0).route(), false);
	}

	/**
	 * Hands the questions to a batch.
	 * @param scripts calls scripts as part of the batch
	 * @param route the key that decides which server is asked
	 */
	void askIn(RScriptAsync scripts, String route) {
		ask(scripts, route, true);
	}

	private CompletionStage<?> ask(RScriptAsync scripts, String route, boolean batched) {
		this.batched = batched;
		return call(() -> scripts.evalShaAsync(route, RScript.Mode.READ_WRITE, LuaScript.SHA1,
				RScript.ReturnType.STRING, this.text.keys(this.link), this.text.arguments(this.link)));
	}

	private CompletionStage<?> tell() {
		return call(() -> this.link.scripts()
			.evalAsync(this.questions.get(0).route(), RScript.Mode.READ_WRITE, LuaScript.TEXT,
					RScript.ReturnType.STRING, this.text.keys(this.link), this.text.arguments(this.link)));
	}

	private CompletionStage<?> call(Supplier<RFuture<String>> request) {
		RFuture<String> future;
		try {
			future = request.get();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			return CompletableFuture.failedFuture(ex);
		}
		this.sent = future;
		if (this.wanted.get() <= 0) {
			drop();
		}
		return ((RFuture<?>) future).whenComplete((reply, failed) -> {
			if (failed == null) {
				this.reply = (reply instanceof String said) ? said : "";
			}
			this.failure = (failed instanceof CompletionException) ? failed.getCause() : failed;
		});
	}

	/**
	 * One of the questions is no longer wanted. With the last of them, the call is
	 * withdrawn if the client has not sent it yet.
	 */
	void giveUp() {
		if (this.wanted.decrementAndGet() == 0) {
			drop();
		}
	}

	/**
	 * Withdraws what the client has not sent yet. A call in a batch is completed instead
	 * of cancelled: it is not sent then, either, and Redisson never ends a batch that
	 * holds a cancelled one.
	 */
	private void drop() {
		RFuture<?> request = this.sent;
		if (request != null && this.batched) {
			request.toCompletableFuture().complete(null);
		}
		else if (request != null) {
			request.cancel(false);
		}
	}

	/**
	 * Gives the answers to those who asked. What was surely refused before it was run is
	 * asked again, as far as it is wanted: with the script if the server does not know
	 * it; each question alone if one may have had the others refused; and if a batch
	 * keeps the refusal for itself.
	 * @param batchFailure the failure of the batch that this was part of, if there was
	 * one
	 */
	void deliver(@Nullable Throwable batchFailure) {
		Throwable failed = this.failure;
		if (failed != null) {
			this.link.watch().failed();
		}
		List<RedisQuestion<?>> open = this.questions.stream().filter((question) -> !question.isDone()).toList();
		if (open.isEmpty()) {
			return;
		}
		if (RedisFailures.isUnknownScript(failed)) {
			ScriptCall again = new ScriptCall(this.link, this.company, open);
			again.tell().whenComplete((reply, failure) -> again.conclude());
		}
		else if (this.questions.size() > 1 && RedisFailures.isOfKeys(failed)) {
			this.company.refused(failed);
			open.forEach(this::askAlone);
		}
		else if (failed == null && this.reply == null && RedisFailures.isHeldBack(batchFailure)) {
			open.forEach(this::askAlone);
		}
		else {
			conclude();
		}
	}

	private void askAlone(RedisQuestion<?> question) {
		ScriptCall alone = new ScriptCall(this.link, this.company, List.of(question));
		alone.ask().whenComplete((reply, failure) -> alone.deliver(null));
	}

	private void conclude() {
		Throwable failed = this.failure;
		String said = this.reply;
		if (failed != null || said == null) {
			this.questions.forEach((question) -> question.fail(failure(failed)));
			return;
		}
		if (said.startsWith("-") || said.contains("\n-")) {
			this.link.watch().failed();
		}
		String[] answers = said.split("\n", -1);
		boolean complete = answers.length == this.questions.size();
		for (int i = 0; i < this.questions.size(); i++) {
			this.questions.get(i).answered((complete) ? answers[i] : said);
		}
	}

	private BackendException failure(@Nullable Throwable failed) {
		if (failed == null) {
			return new BackendUnavailableException("Redis did not answer", true, null);
		}
		return (this.batched) ? RedisFailures.ofBatched(failed) : RedisFailures.ofRequest(failed);
	}

}
