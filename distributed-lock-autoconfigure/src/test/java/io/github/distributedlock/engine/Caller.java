package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One caller in a story. Waits 5 s and leases for 30 s unless told otherwise.
 */
final class Caller {

	private final VirtualTime time;

	private final Engine engine;

	private LockKey key = Story.ORDER;

	private long waitTime = 5000;

	private long lease = 30_000;

	private boolean renew = true;

	private OutagePolicy onUnavailable = OutagePolicy.FAIL_CLOSED;

	private long maxHold = Ticker.NEVER;

	private Turn turn;

	private KeyQueue queue;

	Caller(VirtualTime time, Engine engine) {
		this.time = time;
		this.engine = engine;
	}

	Caller key(LockKey key) {
		this.key = key;
		return this;
	}

	Caller waits(long millis) {
		this.waitTime = millis;
		return this;
	}

	Caller leases(long millis) {
		this.lease = millis;
		return this;
	}

	Caller withoutRenewal() {
		this.renew = false;
		return this;
	}

	Caller failsOpen() {
		this.onUnavailable = OutagePolicy.FAIL_OPEN;
		return this;
	}

	Caller atMost(long millis) {
		this.maxHold = millis * 1_000_000;
		return this;
	}

	Caller arrives() {
		long wait = this.waitTime * 1_000_000;
		this.turn = new Turn(new Terms(this.key, wait, this.lease * 1_000_000, this.renew, this.onUnavailable,
				LossPolicy.THROW, this.maxHold));
		this.queue = this.engine.enter(this.turn);
		this.time.after(wait, () -> this.queue.expire(this.turn));
		return this;
	}

	/**
	 * Leaves before its wait is over.
	 */
	boolean leaves() {
		return this.queue.cancel(this.turn);
	}

	boolean waits() {
		return !this.turn.outcome().isDone();
	}

	/**
	 * Whether its thread would stay awake for a moment.
	 */
	boolean isCalledUp() {
		return isCalledUp(this.turn.sleeper());
	}

	static boolean isCalledUp(Sleeper sleeper) {
		Places places = new Places(0);
		try {
			sleeper.sleep(2, new AtomicLong()::incrementAndGet, new Vigil(places));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return places.asked() > 0;
	}

	Outcome outcome() {
		assertThat(this.turn.outcome()).as("outcome").isCompleted();
		return this.turn.outcome().join();
	}

	boolean holds() {
		return !waits() && outcome() instanceof Outcome.Held held && held.lease().isValid();
	}

	LocalLease lease() {
		assertThat(outcome()).isInstanceOf(Outcome.Held.class);
		return ((Outcome.Held) outcome()).lease();
	}

	long token() {
		return lease().fencingToken().orElseThrow();
	}

	Duration remaining() {
		return lease().remaining();
	}

	/**
	 * Begins to release.
	 * @return completed when the store answered, or {@code null} if it was not asked
	 */
	CompletableFuture<Void> releases() {
		return lease().release();
	}

	void assertContended() {
		assertThat(outcome()).isInstanceOf(Outcome.Contended.class);
	}

	void assertUnavailable() {
		assertThat(outcome()).isInstanceOf(Outcome.Unavailable.class);
	}

	void assertRefused() {
		assertThat(outcome()).isInstanceOf(Outcome.Misconfigured.class);
	}

	void assertLost(String reason) {
		assertThat(lease().isValid()).isFalse();
		assertThat(lease().loss()).isNotNull();
		assertThat(lease().loss().getMessage()).contains(reason);
	}

}
