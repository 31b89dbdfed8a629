package io.github.distributedlock.reliability.subject;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import org.jspecify.annotations.Nullable;

/**
 * A lease of a {@link SimpleRegistry}.
 */
final class SimpleLease implements Lease {

	private final SimpleRegistry registry;

	private final LockKey key;

	private final String owner;

	private final long token;

	private final long grantedAt = System.nanoTime();

	private final List<Consumer<? super LockLostException>> listeners = new CopyOnWriteArrayList<>();

	private volatile long deadline;

	private volatile boolean released;

	private volatile @Nullable LockLostException loss;

	volatile @Nullable Future<?> upkeep;

	SimpleLease(SimpleRegistry registry, LockKey key, String owner, long token, long deadline) {
		this.registry = registry;
		this.key = key;
		this.owner = owner;
		this.token = token;
		this.deadline = deadline;
	}

	String owner() {
		return this.owner;
	}

	boolean isReleased() {
		return this.released;
	}

	@Nullable LockLostException loss() {
		return this.loss;
	}

	long deadline() {
		return this.deadline;
	}

	/**
	 * Moves the deadline, unless somebody has seen that it had passed: what was lost once
	 * is never valid again.
	 */
	synchronized void extend(long deadline) {
		if (this.loss == null) {
			this.deadline = Math.max(this.deadline, deadline);
		}
	}

	/**
	 * Is lost if the deadline has passed.
	 */
	void expire() {
		if (this.registry.now() >= this.deadline) {
			lost("its deadline has passed");
		}
	}

	void lost(String reason) {
		LockLostException lost = new LockLostException(this.key, Duration.ofNanos(System.nanoTime() - this.grantedAt),
				fencingToken(), reason);
		synchronized (this) {
			if (this.released || this.loss != null) {
				return;
			}
			this.loss = lost;
		}
		this.listeners.forEach((listener) -> listener.accept(lost));
	}

	@Override
	public LockKey key() {
		return this.key;
	}

	@Override
	public OptionalLong fencingToken() {
		return (this.token != 0) ? OptionalLong.of(this.token) : OptionalLong.empty();
	}

	@Override
	public boolean isProtected() {
		return true;
	}

	@Override
	public boolean isValid() {
		expire();
		return !this.released && this.loss == null;
	}

	@Override
	public Duration remaining() {
		return (isValid()) ? Duration.ofNanos(Math.max(0, this.deadline - this.registry.now())) : Duration.ZERO;
	}

	@Override
	public void ensureValid() {
		if (!isValid()) {
			throw new IllegalStateException("The lease is over");
		}
	}

	@Override
	public void onLost(Consumer<? super LockLostException> listener) {
		this.listeners.add(listener);
	}

	@Override
	public void close() {
		synchronized (this) {
			if (this.released) {
				return;
			}
			this.released = true;
		}
		this.registry.release(this);
	}

}
