package io.github.distributedlock.backend.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.distributedlock.backend.WakeUpListener;

/**
 * Hints that one question gave rise to, told after the store has let go of its lock.
 */
final class Hints {

	private final List<Runnable> hints = new ArrayList<>(1);

	void add(InMemoryLockBackend node, Consumer<WakeUpListener> hint) {
		this.hints.add(() -> node.hear(hint));
	}

	void tell() {
		this.hints.forEach(Runnable::run);
	}

}
