package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One caller's turn in a grant.
 */
final class LocalLease implements Lease {

	private static final Log logger = LogFactory.getLog(LocalLease.class);

	private final KeyQueue queue;

	private final HeldGrant grant;

	private final Terms terms;

	private final OptionalLong token;

	private final long startedAt;

	private final long end;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final List<Consumer<? super LockLostException>> listeners = new ArrayList<>(1);

	private volatile @Nullable LockLostException loss;

	LocalLease(KeyQueue queue, HeldGrant grant, Terms terms, long startedAt) {
		this.queue = queue;
		this.grant = grant;
		this.terms = terms;
		this.token = grant.takeToken();
		this.startedAt = startedAt;
		long longest = terms.renew() ? terms.maxHold() : Math.min(terms.lease(), terms.maxHold());
		this.end = (grant.isGuarded() && longest < Ticker.NEVER - startedAt) ? startedAt + longest : Ticker.NEVER;
	}

	Terms terms() {
		return this.terms;
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
			return this.terms.renew() ? "the store did not confirm it in time" : "its lease was over";
		}
		return (this.terms.renew() || this.terms.maxHold() < this.terms.lease())
				? "it was held for the longest time allowed" : "its lease was over, and it asked for no renewal";
	}

	@Override
	public LockKey key() {
		return this.terms.key();
	}

	@Override
	public OptionalLong fencingToken() {
		return this.token;
	}

	@Override
	public boolean isProtected() {
		return this.grant.isGuarded();
	}

	@Override
	public boolean isValid() {
		if (this.closed.get() || this.loss != null) {
			return false;
		}
		return this.queue.now() < deadline() || this.queue.checkDeadline(this);
	}

	@Override
	public Duration remaining() {
		if (!isValid()) {
			return Duration.ZERO;
		}
		return Duration.ofNanos(Math.max(0, deadline() - this.queue.now()));
	}

	@Override
	public void ensureValid() {
		if (isValid()) {
			return;
		}
		LockLostException lost = this.loss;
		if (lost != null) {
			throw lost.again();
		}
		throw new IllegalStateException("Lock '" + key() + "' was released");
	}

	@Override
	public void onLost(Consumer<? super LockLostException> listener) {
		LockLostException lost;
		synchronized (this.listeners) {
			lost = this.loss;
			if (lost == null) {
				this.listeners.add(listener);
			}
		}
		if (lost != null) {
			this.queue.tell(this, List.of(listener));
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
		if (released != null && this.queue.awaitsReleases()) {
			released.join();
		}
		return this.loss;
	}

	/**
	 * Begins to release this lease, unless that was done before.
	 * @return completed when the store answered or was given up, if it was asked
	 */
	@Nullable CompletableFuture<Void> release() {
		if (!this.closed.compareAndSet(false, true)) {
			return null;
		}
		CompletableFuture<Boolean> answer = this.queue.release(this);
		return (answer != null) ? answer.thenAccept(this::released) : null;
	}

	private void released(boolean held) {
		if (held) {
			return;
		}
		lost("the store no longer had its record when it was released").run();
		if (!this.queue.awaitsReleases()) {
			logger.warn(String.valueOf(this.loss));
		}
	}

	/**
	 * Whether the holder ended this lease.
	 */
	boolean isClosed() {
		return this.closed.get();
	}

	/**
	 * Forgets a listener that is of no use any more.
	 */
	void forget(Consumer<? super LockLostException> listener) {
		synchronized (this.listeners) {
			this.listeners.remove(listener);
		}
	}

	/**
	 * Returns what was lost until now, without ending the lease.
	 */
	@Nullable LockLostException check() {
		isValid();
		return this.loss;
	}

	@Nullable LockLostException loss() {
		return this.loss;
	}

	/**
	 * Marks this lease lost, once and for all.
	 * @return tells its listeners
	 */
	Runnable lost(String reason) {
		List<Consumer<? super LockLostException>> told;
		synchronized (this.listeners) {
			if (this.loss != null) {
				return () -> {
				};
			}
			Duration held = Duration.ofNanos(this.queue.now() - this.startedAt);
			this.loss = new LockLostException(key(), held, this.token, reason);
			told = List.copyOf(this.listeners);
			this.listeners.clear();
		}
		return () -> this.queue.tell(this, told);
	}

}
