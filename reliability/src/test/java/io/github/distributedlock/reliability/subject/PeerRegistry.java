package io.github.distributedlock.reliability.subject;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.LockedCallback;
import org.jspecify.annotations.Nullable;

/**
 * Another project's locks. They have no deadline, and tell nobody of a loss; where they
 * can be asked whether they are held, they are.
 */
final class PeerRegistry implements SubjectLocks {

	private static final Duration FOR_EVER = Duration.ofDays(1);

	private final ThreadLocal<Map<LockKey, Lease>> flow = ThreadLocal.withInitial(HashMap::new);

	private final PeerLocks locks;

	PeerRegistry(PeerLocks locks) {
		this.locks = locks;
	}

	@Override
	public Lease acquire(LockRequest request) {
		long from = System.nanoTime();
		long wait = Objects.requireNonNull(request.waitTime()).toMillis();
		@Nullable Held held;
		try {
			held = this.locks.lock(String.valueOf(request.key().key()), wait);
		}
		catch (Exception ex) {
			throw new LockUnavailableException(request.key(), Duration.ofNanos(System.nanoTime() - from), "" + ex, ex);
		}
		if (held == null) {
			throw new LockNotAcquiredException(request.key(), Duration.ofNanos(System.nanoTime() - from), null);
		}
		return new PeerLease(request.key(), held);
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T execute(LockRequest request,
			LockedCallback<T, X> callback) throws X {
		Map<LockKey, Lease> held = this.flow.get();
		Lease outer = held.get(request.key());
		if (outer != null) {
			try (Lease inner = acquire(request)) {
				return callback.run(inner);
			}
		}
		try (Lease lease = acquire(request)) {
			held.put(request.key(), lease);
			return callback.run(lease);
		}
		finally {
			held.remove(request.key());
		}
	}

	/**
	 * How the other project locks.
	 */
	@FunctionalInterface
	interface PeerLocks {

		/**
		 * Waits for a lock.
		 * @param lock which
		 * @param wait for how many milliseconds
		 * @return what is held, or {@code null}
		 * @throws Exception whatever the other project throws
		 */
		@Nullable Held lock(String lock, long wait) throws Exception;

	}

	/**
	 * What is held.
	 *
	 * @param token its token, or 0
	 * @param valid whether it is still held, as far as it can be asked
	 * @param release releases it
	 */
	record Held(long token, BooleanSupplier valid, Runnable release) {
	}

	private record PeerLease(LockKey key, Held held) implements Lease {

		@Override
		public OptionalLong fencingToken() {
			return (this.held.token != 0) ? OptionalLong.of(this.held.token) : OptionalLong.empty();
		}

		@Override
		public boolean isProtected() {
			return true;
		}

		@Override
		public boolean isValid() {
			try {
				return this.held.valid.getAsBoolean();
			}
			catch (RuntimeException ex) {
				return true;
			}
		}

		@Override
		public Duration remaining() {
			return FOR_EVER;
		}

		@Override
		public void ensureValid() {
			if (!isValid()) {
				throw new IllegalStateException("It is no longer held");
			}
		}

		@Override
		public void onLost(Consumer<? super LockLostException> listener) {
			// Nobody is told.
		}

		@Override
		public void close() {
			this.held.release.run();
		}

	}

}
