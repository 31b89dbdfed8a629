package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

import io.github.distributedlock.DistributedLockException;
import io.github.distributedlock.LockInterruptedException;
import io.github.distributedlock.LockMisconfiguredException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockQueueFullException;
import io.github.distributedlock.LockRegistryShutdownException;
import io.github.distributedlock.LockUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Lets calling threads wait for their turns, parked, and turns outcomes into what callers
 * see.
 */
final class Callers {

	private final Engine engine;

	private final Waiters waiters;

	Callers(Engine engine) {
		this.engine = engine;
		this.waiters = new Waiters(engine.waiterLimits().total());
	}

	LocalLease acquire(Terms terms) {
		Turn turn = begin(terms);
		Outcome outcome = outcome(turn);
		if (outcome instanceof Outcome.Held held) {
			return held.lease();
		}
		throw failure(turn, outcome);
	}

	@Nullable LocalLease tryAcquire(Terms terms) {
		Turn turn = begin(terms);
		Outcome outcome = outcome(turn);
		if (outcome instanceof Outcome.Held held) {
			return held.lease();
		}
		if (outcome instanceof Outcome.Contended) {
			return null;
		}
		throw failure(turn, outcome);
	}

	private Turn begin(Terms terms) {
		try {
			this.engine.awaitConnection();
			return new Turn(terms);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LockInterruptedException(terms.key());
		}
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
		if (outcome instanceof Outcome.Full full) {
			return new LockQueueFullException(terms.key(), full.limit(), full.forThisLock());
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
			again = first.waitsUntil() > this.engine.ticker().nanos();
			outcome = await(first.again());
		}
		return isOver(outcome) ? new Outcome.Unavailable(Failures.paused()) : outcome;
	}

	/**
	 * Returns whether a lease was over, or in doubt, before it was used. It is given up.
	 */
	private static boolean isOver(Outcome outcome) {
		if (!(outcome instanceof Outcome.Held held) || held.lease().isValid()) {
			return false;
		}
		held.lease().release();
		return true;
	}

	private Outcome await(Turn turn) {
		if (this.waiters.isFull()) {
			return full();
		}
		KeyQueue queue = this.engine.enter(turn);
		if (turn.outcome().isDone()) {
			return turn.outcome().join();
		}
		if (!this.waiters.enter()) {
			return queue.cancel(turn) ? full() : given(turn);
		}
		try {
			return park(turn, queue);
		}
		finally {
			this.waiters.leave();
			this.engine.wakes().help();
		}
	}

	/**
	 * Returns the outcome of a caller that is not woken for it, because it no longer
	 * waits.
	 */
	private Outcome given(Turn turn) {
		this.engine.wakes().wakeAll();
		return turn.outcome().join();
	}

	private Outcome full() {
		return new Outcome.Full(this.waiters.limit(), false);
	}

	private Outcome park(Turn turn, KeyQueue queue) {
		try {
			if (!turn.sleeper().sleep(turn.waitsUntil(), this.engine.ticker(), this.engine.wakes().vigil())) {
				queue.expire(turn);
				this.engine.wakes().wakeAll();
			}
			return turn.outcome().get();
		}
		catch (InterruptedException ex) {
			queue.cancel(turn);
			Outcome outcome = given(turn);
			Thread.currentThread().interrupt();
			return outcome;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

}
