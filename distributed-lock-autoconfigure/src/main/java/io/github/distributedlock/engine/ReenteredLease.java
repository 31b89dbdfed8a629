package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;

/**
 * A lease within a lease of the same lock: the outer one decides about everything, its
 * release included.
 *
 * @param outer the lease that was acquired
 */
record ReenteredLease(LocalLease outer) implements Lease {

	@Override
	public LockKey key() {
		return this.outer.key();
	}

	@Override
	public OptionalLong fencingToken() {
		return this.outer.fencingToken();
	}

	@Override
	public boolean isProtected() {
		return this.outer.isProtected();
	}

	@Override
	public boolean isValid() {
		return this.outer.isValid();
	}

	@Override
	public Duration remaining() {
		return this.outer.remaining();
	}

	@Override
	public void ensureValid() {
		this.outer.ensureValid();
	}

	@Override
	public void onLost(Consumer<? super LockLostException> listener) {
		this.outer.onLost(listener);
	}

	@Override
	public void close() {
	}

}
