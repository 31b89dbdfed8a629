package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import org.jspecify.annotations.Nullable;

/**
 * A lease while locks are switched off: valid until it is closed, and never lost.
 */
final class UnprotectedLease implements Lease {

	private final LockKey key;

	private volatile boolean closed;

	UnprotectedLease(LockKey key) {
		this.key = key;
	}

	@Override
	public LockKey key() {
		return this.key;
	}

	@Override
	public OptionalLong fencingToken() {
		return OptionalLong.empty();
	}

	@Override
	public boolean isProtected() {
		return false;
	}

	@Override
	public boolean isValid() {
		return !this.closed;
	}

	@Override
	public Duration remaining() {
		return this.closed ? Duration.ZERO : Duration.ofNanos(Long.MAX_VALUE);
	}

	@Override
	public void ensureValid() {
		if (this.closed) {
			throw new IllegalStateException("Lock '" + this.key + "' was released");
		}
	}

	@Override
	public void onLost(Consumer<? super LockLostException> listener) {
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public String toString() {
		return "Lease of " + this.key + " (unprotected, " + (this.closed ? "released" : "valid") + ")";
	}

	@Nullable LockLostException end() {
		close();
		return null;
	}

}
