package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.backend.Release;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One caller's turn in a grant.
 */
final class LocalLease implements Lease {

	private static final Log logger = LogFactory.getLog(LocalLease.class);

	private static final AtomicIntegerFieldUpdater<LocalLease> CLOSED = AtomicIntegerFieldUpdater
		.newUpdater(LocalLease.class, "closed");

	private static final AtomicReferenceFieldUpdater<LocalLease, @Nullable Loss> LOSS = AtomicReferenceFieldUpdater
		.newUpdater(LocalLease.class, Loss.class, "loss");

	private static final String UNCONFIRMED = "the machine slept past its lease, and the store does not confirm it";

	private static final CompletableFuture<Void> ANSWERED = CompletableFuture.completedFuture(null);

	private final KeyQueue queue;

	private final HeldGrant grant;

	private final long length;

	private final boolean renewed;

	private final long token;

	private final long startedAt;

	private final long end;

	private volatile int closed;

	private volatile boolean doubted;

	private volatile @Nullable Loss loss;

	LocalLease(KeyQueue queue, HeldGrant grant, Terms terms, long startedAt) {
		this.queue = queue;
		this.grant = grant;
		this.length = terms.lease();
		this.renewed = terms.renew();
		this.token = grant.takeToken();
		this.startedAt = startedAt;
		long longest = terms.renew() ? terms.maxHold() : Math.min(terms.lease(), terms.maxHold());
		this.end = (grant.isGuarded() && longest < Ticker.NEVER - startedAt) ? startedAt + longest : Ticker.NEVER;
	}

	HeldGrant grant() {
		return this.grant;
	}

	/**
	 * How long the store keeps the lock at a time.
	 */
	long length() {
		return this.length;
	}

	/**
	 * Whether the lock is kept for longer than that.
	 */
	boolean isRenewed() {
		return this.renewed;
	}

	/**
	 * The moment from which this lease is not valid, unless it is confirmed before.
	 */
	long deadline() {
		return Math.min(this.grant.deadline(), this.end);
	}

	/**
	 * Why this lease is over at its deadline.
	 */
	String reasonAtDeadline() {
		if (this.grant.deadline() < this.end) {
			return (this.renewed) ? "the store did not confirm it in time" : "its lease was over";
		}
		return (this.renewed || this.end - this.startedAt < this.length) ? "it was held for the longest time allowed"
				: "its lease was over, and it asked for no renewal";
	}

	@Override
	public LockKey key() {
		return this.queue.key();
	}

	@Override
	public OptionalLong fencingToken() {
		return isProtected() ? OptionalLong.of(this.token) : OptionalLong.empty();
	}

	@Override
	public boolean isProtected() {
		return this.grant.isGuarded();
	}

	@Override
	public boolean isValid() {
		if (isClosed() || loss() != null) {
			return false;
		}
		long now = this.queue.now();
		if (now >= deadline()) {
			return this.queue.checkDeadline(this);
		}
		boolean doubtful = isInDoubt(now);
		if (doubtful != this.doubted) {
			this.doubted = doubtful;
		}
		if (doubtful) {
			this.queue.doubt(this);
		}
		return !doubtful;
	}

	/**
	 * Whether the deadline would have passed if this node's clock had gone on while the
	 * machine slept.
	 */
	boolean isInDoubt(long now) {
		return this.grant.awake(now) >= deadline();
	}

	@Override
	public Duration remaining() {
		if (!isValid()) {
			return Duration.ZERO;
		}
		return Duration.ofNanos(Math.max(0, deadline() - this.grant.awake(this.queue.now())));
	}

	@Override
	public void ensureValid() {
		if (isValid() || isConfirmed()) {
			return;
		}
		LockLostException lost = loss();
		if (lost != null) {
			throw lost.again();
		}
		if (!isClosed()) {
			throw lossBy(UNCONFIRMED);
		}
		throw new IllegalStateException("Lock '" + key() + "' was released");
	}

	/**
	 * Waits for what the store says about a lease that is in doubt.
	 */
	private boolean isConfirmed() {
		CompletableFuture<Void> asked = this.queue.doubt(this);
		if (asked == null) {
			return false;
		}
		try {
			asked.get(this.queue.engine().commandTimeout(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("Lock '" + key() + "' was not confirmed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return isValid();
	}

	private LockLostException lossBy(String reason) {
		return new LockLostException(key(), Duration.ofNanos(this.queue.now() - this.startedAt), fencingToken(),
				reason);
	}

	@Override
	public void onLost(Consumer<? super LockLostException> listener) {
		LockLostException lost = events().listen(listener);
		if (lost != null) {
			this.queue.tell(lost, List.of(listener));
		}
	}

	@Override
	public void close() {
		end();
	}

	/**
	 * Releases this lease, unless that was done before.
	 * @return what was lost, if it was lost
	 */
	@Nullable LockLostException end() {
		CompletableFuture<Void> released = release();
		if (released != null && this.queue.engine().awaitsReleases()) {
			this.queue.engine().wakes().await(released);
		}
		return loss();
	}

	/**
	 * Begins to release this lease, unless that was done before.
	 * @return completed when the store answered or was given up, if it was asked
	 */
	@Nullable CompletableFuture<Void> release() {
		if (!CLOSED.compareAndSet(this, 0, 1)) {
			return null;
		}
		CompletableFuture<@Nullable Release> answer = this.queue.release(this);
		if (answer == null || !answer.isDone()) {
			return (answer != null) ? answer.thenAccept(this::released) : null;
		}
		released(answer.join());
		return ANSWERED;
	}

	private void released(@Nullable Release release) {
		if (release == Release.RELEASED || (release == null && !this.doubted)) {
			return;
		}
		lost((release != null) ? "the store no longer had its record when it was released" : UNCONFIRMED).run();
		if (!this.queue.engine().awaitsReleases()) {
			logger.warn(String.valueOf(loss()));
		}
	}

	/**
	 * Returns the lock, the token and the state, as people read them.
	 */
	@Override
	public String toString() {
		return "Lease of " + key() + " (" + (isProtected() ? "token " + this.token : "unprotected") + ", "
				+ (isValid() ? "valid" : (loss() != null) ? "lost" : (isClosed()) ? "released" : "in doubt") + ")";
	}

	boolean isClosed() {
		return this.closed != 0;
	}

	/**
	 * Forgets a listener that is of no use any more.
	 */
	void forget(Consumer<? super LockLostException> listener) {
		events().forget(listener);
	}

	/**
	 * Returns what was lost until now, without ending the lease.
	 */
	@Nullable LockLostException check() {
		isValid();
		return loss();
	}

	@Nullable LockLostException loss() {
		Loss current = this.loss;
		return (current != null) ? current.known() : null;
	}

	private Loss events() {
		Loss current = this.loss;
		if (current != null) {
			return current;
		}
		Loss created = new Loss();
		return LOSS.compareAndSet(this, null, created) ? created : Objects.requireNonNull(this.loss);
	}

	/**
	 * Marks this lease lost, once and for all.
	 * @return tells its listeners
	 */
	Runnable lost(String reason) {
		LockLostException lost = lossBy(reason);
		List<Consumer<? super LockLostException>> told = events().happened(lost);
		return () -> this.queue.tell(lost, told);
	}

}
