package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.distributedlock.DistributedLockException;
import io.github.distributedlock.LockInterruptedException;
import io.github.distributedlock.LockMisconfiguredException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRegistryShutdownException;
import io.github.distributedlock.LockUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Lets calling threads wait for their turns, parked, and turns outcomes into what callers
 * see.
 */
final class Callers {

	private final Engine engine;

	Callers(Engine engine) {
		this.engine = engine;
	}

	LocalLease acquire(Terms terms) {
		Turn turn = new Turn(terms, this.engine.ticker().nanos());
		Outcome outcome = outcome(turn);
		if (outcome instanceof Outcome.Held held) {
			return held.lease();
		}
		throw failure(turn, outcome);
	}

	@Nullable LocalLease tryAcquire(Terms terms) {
		Turn turn = new Turn(terms, this.engine.ticker().nanos());
		Outcome outcome = outcome(turn);
		if (outcome instanceof Outcome.Held held) {
			return held.lease();
		}
		if (outcome instanceof Outcome.Contended) {
			return null;
		}
		throw failure(turn, outcome);
	}

	private DistributedLockException failure(Turn turn, Outcome outcome) {
		Terms terms = turn.terms();
		Duration waited = Duration.ofNanos(this.engine.ticker().nanos() - turn.startedAt());
		if (outcome instanceof Outcome.Contended contended) {
			return new LockNotAcquiredException(terms.key(), waited, contended.holder());
		}
		if (outcome instanceof Outcome.Unavailable unavailable) {
			return new LockUnavailableException(terms.key(), waited, reason(unavailable.cause()), unavailable.cause());
		}
		if (outcome instanceof Outcome.Misconfigured refused) {
			return new LockMisconfiguredException(terms.key(), reason(refused.cause()), refused.cause());
		}
		return (outcome instanceof Outcome.ShutDown) ? new LockRegistryShutdownException(terms.key())
				: new LockInterruptedException(terms.key());
	}

	private static String reason(Throwable cause) {
		return String.valueOf(cause.getMessage());
	}

	/**
	 * Waits for the outcome. A thread that was paused until its lease was over must not
	 * begin: it asks again while it may wait, and once in any case.
	 */
	private Outcome outcome(Turn first) {
		Outcome outcome = await(first);
		boolean again = true;
		while (again && isOver(outcome)) {
			again = left(first) > 0;
			outcome = await(new Turn(first.terms(), first.startedAt()));
		}
		return isOver(outcome) ? new Outcome.Unavailable(Failures.paused()) : outcome;
	}

	private static boolean isOver(Outcome outcome) {
		return outcome instanceof Outcome.Held held && !held.lease().isValid();
	}

	private Outcome await(Turn turn) {
		KeyQueue queue = this.engine.enter(turn);
		try {
			return turn.outcome().isDone() ? turn.outcome().join() : get(turn, queue);
		}
		catch (InterruptedException ex) {
			queue.cancel(turn);
			Outcome outcome = turn.outcome().join();
			Thread.currentThread().interrupt();
			return outcome;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private Outcome get(Turn turn, KeyQueue queue) throws InterruptedException, ExecutionException {
		try {
			return turn.outcome().get(left(turn), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			queue.expire(turn);
			return turn.outcome().get();
		}
	}

	private long left(Turn turn) {
		return turn.startedAt() + turn.terms().waitTime() - this.engine.ticker().nanos();
	}

}
