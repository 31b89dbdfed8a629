package io.github.distributedlock.backend.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The state of one lock: free, held by an owner, or reserved for a node, and who waits.
 * Used under the lock of its store.
 */
final class LockRecord {

	private static final long QUEUE_RETENTION = Duration.ofMinutes(1).toNanos();

	private final Deque<String> waiting = new ArrayDeque<>(1);

	private long waitingEnd;

	private @Nullable String owner;

	private @Nullable String reservedFor;

	private long end;

	void expire(long now) {
		if (!isFree() && now - this.end >= 0) {
			free();
		}
		if (!this.waiting.isEmpty() && now - this.waitingEnd >= 0) {
			this.waiting.clear();
		}
	}

	boolean isFree() {
		return this.owner == null && this.reservedFor == null;
	}

	boolean isForgotten() {
		return isFree() && this.waiting.isEmpty();
	}

	boolean isHeldBy(String owner) {
		return owner.equals(this.owner);
	}

	boolean isReservedFor(String node) {
		return node.equals(this.reservedFor);
	}

	@Nullable String owner() {
		return this.owner;
	}

	@Nullable String holder() {
		return (this.owner != null) ? this.owner : this.reservedFor;
	}

	long remaining(long now) {
		return this.end - now;
	}

	void free() {
		this.owner = null;
		this.reservedFor = null;
	}

	/**
	 * Sets or keeps the owner. The end of a record that is already this owner's only ever
	 * moves away.
	 */
	void hold(String owner, long now, long lease) {
		if (!isHeldBy(owner) || this.end - now < lease) {
			this.end = now + lease;
		}
		this.owner = owner;
		this.reservedFor = null;
	}

	void reserve(String node, long now, long duration) {
		this.owner = null;
		this.reservedFor = node;
		this.end = now + duration;
	}

	void join(String node, long now) {
		if (!this.waiting.contains(node)) {
			this.waiting.add(node);
		}
		this.waitingEnd = now + QUEUE_RETENTION;
	}

	void leave(String node) {
		this.waiting.remove(node);
	}

	int waiting() {
		return this.waiting.size();
	}

	@Nullable String firstWaiting() {
		return this.waiting.peek();
	}

	@Nullable String pollWaiting() {
		return this.waiting.poll();
	}

}
