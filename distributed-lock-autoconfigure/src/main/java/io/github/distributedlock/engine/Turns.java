package io.github.distributedlock.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;

import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.engine.Turn.Word;
import org.jspecify.annotations.Nullable;

/**
 * The callers that wait for a key on this node, in the order of their arrival. Those that
 * left are skipped, and swept out before they outnumber the others.
 */
final class Turns {

	private final Deque<Turn> queue = new ArrayDeque<>(2);

	private int waiting;

	boolean isEmpty() {
		return this.waiting == 0;
	}

	int size() {
		return this.waiting;
	}

	void add(Turn turn) {
		this.queue.addLast(turn);
		this.waiting++;
	}

	Turn first() {
		while (this.queue.getFirst().isResolved()) {
			this.queue.removeFirst();
		}
		return this.queue.getFirst();
	}

	Turn take() {
		Turn turn = first();
		this.queue.removeFirst();
		this.waiting--;
		return turn;
	}

	/**
	 * Lets go a caller that is resolved next.
	 */
	void remove(Turn turn) {
		this.waiting--;
		if (this.queue.size() > 2 * this.waiting + 16) {
			this.queue.removeIf((other) -> other.isResolved() || other == turn);
		}
	}

	/**
	 * What was known about the lock no longer counts.
	 */
	void forget() {
		this.queue.forEach((turn) -> turn.word(Word.NONE));
	}

	boolean anyPatient() {
		for (Turn turn : this.queue) {
			if (!turn.isResolved() && !turn.isExpired()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Somebody holds the lock: those whose wait is over leave, the others know.
	 */
	void contended(@Nullable String holder, Effects effects) {
		each((turn) -> {
			turn.word(Word.CONTENDED);
			return turn.isExpired() ? new Outcome.Contended(holder) : null;
		}, effects);
	}

	/**
	 * The store did not answer. Those that have heard nothing else, or whose wait is
	 * over, leave or become the next to run unprotected.
	 * @return the first that is to run unprotected, no longer among those that wait
	 */
	@Nullable Turn unavailable(Throwable cause, Effects effects) {
		return fail(cause, (turn) -> turn.isExpired() || turn.word() == Word.NONE, effects);
	}

	/**
	 * The store answered too late. Those whose wait is over do as if it had not answered,
	 * the others go on.
	 * @return the first that is to run unprotected, no longer among those that wait
	 */
	@Nullable Turn tooLate(Throwable cause, Effects effects) {
		return fail(cause, Turn::isExpired, effects);
	}

	private @Nullable Turn fail(Throwable cause, Predicate<Turn> decided, Effects effects) {
		Turn[] open = new Turn[1];
		each((turn) -> {
			boolean decide = decided.test(turn);
			turn.word(Word.UNAVAILABLE);
			if (decide && turn.terms().onUnavailable() == OutagePolicy.FAIL_CLOSED) {
				return new Outcome.Unavailable(cause);
			}
			if (decide && open[0] == null) {
				open[0] = turn;
			}
			return null;
		}, effects);
		if (open[0] != null) {
			this.queue.remove(open[0]);
			this.waiting--;
		}
		return open[0];
	}

	void all(Outcome outcome, Effects effects) {
		each((turn) -> outcome, effects);
	}

	private void each(Verdict verdict, Effects effects) {
		for (Iterator<Turn> turns = this.queue.iterator(); turns.hasNext();) {
			Turn turn = turns.next();
			Outcome outcome = turn.isResolved() ? null : verdict.of(turn);
			if (outcome != null) {
				turn.resolve(outcome, effects);
				this.waiting--;
			}
			if (turn.isResolved()) {
				turns.remove();
			}
		}
	}

	@FunctionalInterface
	private interface Verdict {

		@Nullable Outcome of(Turn turn);

	}

}
