package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Renew;
import org.jspecify.annotations.Nullable;

/**
 * Takes the questions of one queue to the store, and the answers back.
 */
final class Courier {

	private final KeyQueue queue;

	private final GuardedBackend backend;

	Courier(KeyQueue queue, GuardedBackend backend) {
		this.queue = queue;
		this.backend = backend;
	}

	void send(Question question) {
		LockKey key = this.queue.key();
		String owner = question.owner();
		Duration lease = Duration.ofNanos(question.lease());
		boolean interested = question.isInterested();
		long askedAt = question.askedAt();
		switch (question.kind()) {
			case ACQUIRE -> deliver(question,
					() -> this.backend.tryAcquire(key, owner, lease, question.tokens(), interested, askedAt),
					(attempt, failure) -> this.queue.acquired(question, attempt, failure));
			case EXTEND -> deliver(question,
					() -> this.backend.renew(List.of(new Renew(key, owner, lease, question.tokens(), true))).get(0),
					(renewal, failure) -> this.queue.extended(question, renewal, failure));
			case RELEASE -> deliver(question, () -> this.backend.release(key, owner, interested, askedAt),
					(release, failure) -> this.queue.released(question, release, failure));
			case WITHDRAW -> deliver(question, () -> this.backend.withdraw(key),
					(nothing, failure) -> this.queue.withdrawn(question, failure));
		}
	}

	private <T extends @Nullable Object> void deliver(Question question, Supplier<CompletableFuture<T>> call,
			BiConsumer<@Nullable T, @Nullable Throwable> answered) {
		if (!question.begin()) {
			return;
		}
		CompletableFuture<T> answer;
		try {
			answer = call.get();
		}
		catch (RuntimeException | Error ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		if (answer.isDone() && !answer.isCompletedExceptionally()) {
			answered.accept(answer.join(), null);
			return;
		}
		question.sent(answer);
		answer.whenComplete(answered);
	}

}
