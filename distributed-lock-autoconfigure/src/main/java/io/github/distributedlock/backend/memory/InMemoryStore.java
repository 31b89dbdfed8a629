package io.github.distributedlock.backend.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A store of locks in memory, shared by several nodes of one process. It queues nodes and
 * wakes them in order, as the store on Redis does, and forgets everything with the
 * process.
 */
public final class InMemoryStore {

	private static final long RESERVATION = Duration.ofSeconds(1).toNanos();

	private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

	private static final int FEWEST_TO_SWEEP = 64;

	private final LongSupplier nanoTime;

	private final Map<LockKey, LockRecord> records = new HashMap<>();

	private final Map<String, InMemoryLockBackend> nodes = new HashMap<>();

	private int sweepAt = FEWEST_TO_SWEEP;

	private long lastToken;

	/**
	 * Creates an empty store on the clock of this process.
	 */
	public InMemoryStore() {
		this(System::nanoTime);
	}

	/**
	 * Creates an empty store.
	 * @param nanoTime a monotonic clock, in nanoseconds; leases end by it, found out at
	 * the next question
	 */
	public InMemoryStore(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Connects a new node.
	 * @return the store as that node sees it
	 */
	public InMemoryLockBackend connect() {
		return connect(UUID.randomUUID().toString());
	}

	/**
	 * Connects a node of a given identity.
	 * @param node letters, digits, dots and hyphens only, never used before in this store
	 * @return the store as that node sees it
	 */
	public InMemoryLockBackend connect(String node) {
		InMemoryLockBackend backend = new InMemoryLockBackend(this, node);
		synchronized (this.records) {
			if (this.nodes.putIfAbsent(node, backend) != null) {
				throw new IllegalArgumentException("'node' " + node + " is connected already: use a new identity");
			}
		}
		return backend;
	}

	void disconnect(InMemoryLockBackend backend) {
		synchronized (this.records) {
			this.nodes.remove(backend.node(), backend);
		}
	}

	Attempt acquire(LockKey key, String owner, Duration lease, int tokens, boolean interested, String node, Hint hint) {
		return on(key, (lock, now) -> {
			boolean held = lock.isHeldBy(owner);
			if (!held && !lock.isFree() && !lock.isReservedFor(node)) {
				if (interested) {
					lock.join(node, now);
					wanted(key, lock, node, hint);
				}
				return new Attempt.Contended(retryAfter(lock, now), lock.holder());
			}
			lock.hold(owner, now, lease.toNanos());
			lock.leave(node);
			return new Attempt.Granted(new Grant(key, owner, take(tokens), lock.waiting()));
		});
	}

	private void wanted(LockKey key, LockRecord lock, String node, Hint hint) {
		String owner = lock.owner();
		if (owner != null && node.equals(lock.firstWaiting())) {
			InMemoryLockBackend holder = this.nodes.get(owner.substring(0, Math.max(0, owner.lastIndexOf('#'))));
			if (holder != null) {
				hint.set(holder, (listener) -> listener.wanted(key, owner));
			}
		}
	}

	Renewal renew(Renew renew, int tokens) {
		return on(renew.key(), (lock, now) -> {
			if (!lock.isHeldBy(renew.owner())) {
				return new Renewal.Lost();
			}
			lock.hold(renew.owner(), now, renew.lease().toNanos());
			return new Renewal.Renewed(take(tokens), renew.counting() ? lock.waiting() : null);
		});
	}

	Release release(LockKey key, String owner, boolean rejoin, String node, Hint hint) {
		return on(key, (lock, now) -> {
			if (!lock.isHeldBy(owner)) {
				return Release.NOT_HELD;
			}
			if (rejoin) {
				lock.join(node, now);
			}
			pass(key, lock, now, hint);
			return Release.RELEASED;
		});
	}

	void withdraw(LockKey key, String node, Hint hint) {
		this.<@Nullable Void>on(key, (lock, now) -> {
			lock.leave(node);
			if (lock.isReservedFor(node)) {
				pass(key, lock, now, hint);
			}
			return null;
		});
	}

	private void pass(LockKey key, LockRecord lock, long now, Hint hint) {
		lock.free();
		String next = lock.pollWaiting();
		while (next != null) {
			InMemoryLockBackend backend = this.nodes.get(next);
			if (backend != null) {
				lock.reserve(next, now, RESERVATION);
				hint.set(backend, (listener) -> listener.yourTurn(key));
				return;
			}
			next = lock.pollWaiting();
		}
	}

	private <T extends @Nullable Object> T on(LockKey key, Question<T> question) {
		synchronized (this.records) {
			long now = this.nanoTime.getAsLong();
			sweep(now);
			LockRecord lock = this.records.computeIfAbsent(key, (absent) -> new LockRecord());
			lock.expire(now);
			try {
				return question.answer(lock, now);
			}
			finally {
				if (lock.isForgotten()) {
					this.records.remove(key);
				}
			}
		}
	}

	/**
	 * Records that nobody asks for again would stay: this removes them whenever their
	 * number has doubled.
	 */
	private void sweep(long now) {
		if (this.records.size() >= this.sweepAt) {
			this.records.values().removeIf((lock) -> {
				lock.expire(now);
				return lock.isForgotten();
			});
			this.sweepAt = Math.max(FEWEST_TO_SWEEP, this.records.size() * 2);
		}
	}

	private Tokens take(int count) {
		if (count == 0) {
			return Tokens.NONE;
		}
		long first = this.lastToken + 1;
		this.lastToken += count;
		return new Tokens(first, count);
	}

	private static Duration retryAfter(LockRecord lock, long now) {
		Duration left = Duration.ofNanos(lock.remaining(now)).plusMillis(1);
		return (left.compareTo(LONGEST_RETRY) < 0) ? left : LONGEST_RETRY;
	}

	private interface Question<T extends @Nullable Object> {

		T answer(LockRecord lock, long now);

	}

}
