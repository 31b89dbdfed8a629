package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What a change of a queue's state has to cause, once the queue's lock is free again.
 */
final class Effects {

	private final List<Runnable> effects = new ArrayList<>(2);

	void then(Runnable effect) {
		this.effects.add(effect);
	}

	/**
	 * Runs every effect, even if one fails: somebody may wait for the next.
	 */
	void run() {
		Throwable failure = null;
		for (Runnable effect : this.effects) {
			try {
				effect.run();
			}
			catch (RuntimeException | Error ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure != null) {
			throw (RuntimeException) failure;
		}
	}

}
