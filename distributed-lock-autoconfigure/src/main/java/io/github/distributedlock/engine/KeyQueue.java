package io.github.distributedlock.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import org.jspecify.annotations.Nullable;

/**
 * One key on one node, as callers, the store and the keeper meet it. Every event is one
 * change of the {@link KeyState}, made under one lock; what the change causes (a
 * question, a completed caller) happens after that lock is free, so that nothing foreign
 * ever runs inside it, and no other queue either: many share a lock.
 */
final class KeyQueue {

	private final LockKey key;

	private final Engine engine;

	private @Nullable KeyState state;

	private @Nullable LocalLease resting;

	private final ReentrantLock lock;

	private long moment;

	private boolean looked;

	private long lookAt = Ticker.NEVER;

	KeyQueue(LockKey key, Engine engine) {
		this.key = key;
		this.engine = engine;
		this.lock = engine.lock(key);
	}

	/**
	 * Returns the state, made again if this key was at rest.
	 */
	private KeyState state() {
		KeyState current = this.state;
		if (current == null) {
			current = new KeyState(this, this.engine, this.resting);
			this.state = current;
			this.resting = null;
		}
		return current;
	}

	LockKey key() {
		return this.key;
	}

	Engine engine() {
		return this.engine;
	}

	long now() {
		return this.engine.ticker().nanos();
	}

	/**
	 * The moment of the event that is being handled, or that of the question for an
	 * answer that was there at once: whoever gets a lease by it looks at the clock before
	 * it begins. A question that the event poses is sent after it, so a deadline that
	 * counts from here errs on the safe side.
	 */
	long moment() {
		if (!this.looked) {
			this.looked = true;
			this.moment = now();
		}
		return this.moment;
	}

	/**
	 * The moment of this event or of the last one that looked at the clock.
	 */
	long lastMoment() {
		return this.moment;
	}

	/**
	 * Has a dead owner id released in the background.
	 * @param lease how long the store may keep its record from now
	 */
	void compensate(String owner, long lease) {
		this.engine.compensate(this.key, owner, lease);
	}

	boolean isIdle() {
		return change((effects) -> state().isIdle());
	}

	/**
	 * Lets a caller wait for its turn.
	 * @return {@code false} if this queue is no longer in use
	 */
	boolean enter(Turn turn) {
		return change((effects) -> state().enter(turn, effects));
	}

	/**
	 * The caller's wait time is over. It is resolved now, or by the answer that is under
	 * way.
	 */
	void expire(Turn turn) {
		run((effects) -> state().expire(turn, effects));
	}

	/**
	 * The caller no longer wants the lock.
	 * @return {@code false} if its wait had already ended otherwise
	 */
	boolean cancel(Turn turn) {
		return change((effects) -> state().cancel(turn, effects));
	}

	/**
	 * Ends a lease.
	 * @return what the store answered, nothing if it did not, if the store was asked
	 */
	@Nullable CompletableFuture<@Nullable Release> release(LocalLease lease) {
		return change((effects) -> state().release(lease, effects));
	}

	/**
	 * Decides about a lease whose deadline seems to have passed.
	 * @return whether it is still valid
	 */
	boolean checkDeadline(LocalLease lease) {
		return change((effects) -> state().upkeep().checkDeadline(lease, effects));
	}

	/**
	 * Has the store asked about a lease that is in doubt, because this machine slept.
	 * @return completed when it was asked, or {@code null} if the lease is over
	 */
	@Nullable CompletableFuture<Void> doubt(LocalLease lease) {
		return change((effects) -> state().upkeep().doubt(lease, effects));
	}

	void slept() {
		run((effects) -> state().upkeep().slept(effects));
	}

	void acquired(Question question, @Nullable Attempt attempt, @Nullable Throwable failure) {
		run((effects) -> {
			this.looked = question.isAnsweredAtOnce();
			state().answers().acquired(question, attempt, failure, effects);
		});
	}

	void extended(Question question, @Nullable Renewal renewal, @Nullable Throwable failure) {
		run((effects) -> state().tenure().extended(question, renewal, failure, effects));
	}

	void released(Question question, @Nullable Release release, @Nullable Throwable failure) {
		run((effects) -> state().tenure().released(question, release, failure, effects));
	}

	void withdrawn(Question question, @Nullable Throwable failure) {
		run((effects) -> state().answers().withdrawn(question, failure, effects));
	}

	/**
	 * The store hints that it is this node's turn.
	 * @return {@code false} if this queue is no longer in use
	 */
	boolean yourTurn() {
		return change((effects) -> state().yourTurn(effects));
	}

	/**
	 * The store hints that another node waits.
	 * @return {@code false} if the owner is none of this queue's
	 */
	boolean wanted(String owner) {
		return change((effects) -> state().tenure().wanted(owner));
	}

	/**
	 * Does what time demands.
	 * @param look the announced time that has come; nothing is done if an earlier one was
	 * announced after it
	 * @return a renewal to be sent, if one is due
	 */
	@Nullable RenewalAttempt onDue(long look) {
		return change((effects) -> {
			if (look != this.lookAt) {
				return null;
			}
			this.lookAt = Ticker.NEVER;
			return state().onDue(effects);
		});
	}

	void renewalSent(RenewalAttempt attempt, long sentAt, CompletableFuture<Renewal> answer) {
		run((effects) -> state().upkeep().renewalSent(attempt, sentAt, answer, effects));
	}

	void renewed(RenewalAttempt attempt, @Nullable Renewal renewal, @Nullable Throwable failure) {
		run((effects) -> state().upkeep().renewed(attempt, renewal, failure, effects));
		rest();
	}

	/**
	 * Keeps nothing but the lease of a key that is only held. Done by the keeper when it
	 * looks, and not by the caller: most leases are over before that.
	 */
	void rest() {
		this.lock.lock();
		try {
			LocalLease lease = (this.state != null) ? this.state.rest() : null;
			if (lease != null) {
				this.resting = lease;
				this.state = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets go everybody who waits, because the registry shuts down.
	 */
	void dismiss() {
		run((effects) -> state().dismiss(effects));
	}

	/**
	 * Takes the lock away from its holder, because the time to shut down is over.
	 * @return whether anybody held it
	 */
	boolean evict() {
		return change((effects) -> state().tenure().evict(effects));
	}

	/**
	 * Tells listeners about a loss, on threads of their own.
	 */
	void tell(LockLostException loss, List<Consumer<? super LockLostException>> listeners) {
		this.engine.notifier().tell(loss, listeners);
	}

	private void run(Consumer<Effects> event) {
		change((effects) -> {
			event.accept(effects);
			return null;
		});
	}

	private <T extends @Nullable Object> T change(Function<Effects, T> event) {
		Effects effects = new Effects(this.engine.wakes());
		T result;
		long next;
		this.lock.lock();
		try {
			this.looked = false;
			result = event.apply(effects);
			if (state().settle()) {
				this.engine.remove(this);
			}
		}
		finally {
			next = announce();
			this.lock.unlock();
		}
		this.engine.schedule(next);
		effects.run();
		return result;
	}

	/**
	 * Has the keeper look when something is due, unless it looks before.
	 */
	private long announce() {
		long due = state().due();
		if (due < this.lookAt) {
			this.lookAt = Math.min(due, moment() + Agenda.HORIZON);
			this.engine.agenda().announce(this, this.lookAt);
		}
		return due;
	}

}
