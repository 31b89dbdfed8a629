package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.distributedlock.LockLostException;
import org.jspecify.annotations.Nullable;

/**
 * The loss of one lease, and who is to hear of it.
 */
final class Loss {

	private List<Consumer<? super LockLostException>> listeners = List.of();

	private volatile @Nullable LockLostException known;

	@Nullable LockLostException known() {
		return this.known;
	}

	/**
	 * Adds a listener.
	 * @return the loss, if it has happened and the listener was not added
	 */
	synchronized @Nullable LockLostException listen(Consumer<? super LockLostException> listener) {
		if (this.known == null) {
			this.listeners = (this.listeners.isEmpty()) ? new ArrayList<>(2) : this.listeners;
			this.listeners.add(listener);
		}
		return this.known;
	}

	synchronized void forget(Consumer<? super LockLostException> listener) {
		if (!this.listeners.isEmpty()) {
			this.listeners.remove(listener);
		}
	}

	/**
	 * Records the loss, once and for all.
	 * @return who is to be told
	 */
	synchronized List<Consumer<? super LockLostException>> happened(LockLostException loss) {
		if (this.known != null) {
			return List.of();
		}
		List<Consumer<? super LockLostException>> told = this.listeners;
		this.known = loss;
		this.listeners = List.of();
		return told;
	}

}
