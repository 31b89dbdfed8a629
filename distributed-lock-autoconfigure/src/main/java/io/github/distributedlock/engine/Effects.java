package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a change of a queue's state has to cause, once the queue's lock is free again.
 */
final class Effects {

	private final Wakes wakes;

	private @Nullable Runnable first;

	private List<Runnable> others = List.of();

	Effects(Wakes wakes) {
		this.wakes = wakes;
	}

	/**
	 * Wakes a caller, as {@link Wakes#wake} does.
	 * @param caller completes what it waits for
	 */
	void wake(Runnable caller) {
		then(() -> this.wakes.wake(caller));
	}

	void then(Runnable effect) {
		if (this.first == null) {
			this.first = effect;
			return;
		}
		if (this.others.isEmpty()) {
			this.others = new ArrayList<>(4);
		}
		this.others.add(effect);
	}

	/**
	 * Runs every effect, even if one fails: somebody may wait for the next.
	 */
	void run() {
		Throwable failure = (this.first != null) ? failure(this.first) : null;
		for (Runnable effect : this.others) {
			Throwable another = failure(effect);
			failure = (failure != null) ? failure : another;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure != null) {
			throw (RuntimeException) failure;
		}
	}

	private static @Nullable Throwable failure(Runnable effect) {
		try {
			effect.run();
			return null;
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
	}

}
