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

	void run() {
		for (Runnable effect : this.effects) {
			effect.run();
		}
	}

}
