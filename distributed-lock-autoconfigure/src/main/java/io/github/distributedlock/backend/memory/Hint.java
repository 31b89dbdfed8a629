package io.github.distributedlock.backend.memory;

import java.util.function.Consumer;

import io.github.distributedlock.backend.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * The hint that one question gave rise to, if any, told after the store has let go of its
 * lock.
 */
final class Hint {

	private @Nullable InMemoryLockBackend node;

	private @Nullable Consumer<WakeUpListener> hint;

	void set(InMemoryLockBackend node, Consumer<WakeUpListener> hint) {
		this.node = node;
		this.hint = hint;
	}

	void tell() {
		if (this.node != null && this.hint != null) {
			this.node.hear(this.hint);
		}
	}

}
