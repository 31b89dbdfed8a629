package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Delivery;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * A store that is asked for no lock while its {@link CircuitBreaker} is open. What is
 * held is renewed and released all the same, and every answer counts.
 */
final class GuardedBackend implements LockBackend {

	private final LockBackend store;

	private final CircuitBreaker breaker;

	private final Ticker ticker;

	private final long patience;

	private final Supplier<String> owners;

	private CompletableFuture<Release> probe = new CompletableFuture<>();

	/**
	 * Creates the guard.
	 * @param patience how long one question may take
	 * @param owners owner ids that were never used, for probes
	 */
	GuardedBackend(LockBackend store, CircuitBreaker breaker, Ticker ticker, long patience, Supplier<String> owners) {
		this.store = store;
		this.breaker = breaker;
		this.ticker = ticker;
		this.patience = patience;
		this.owners = owners;
	}

	/**
	 * Asks a store that is out whether it is back, if it is time to. A release of what
	 * nobody holds changes nothing.
	 * @return when to look again
	 */
	long pass(long now) {
		LockKey key = this.breaker.beginProbe(now);
		if (key != null) {
			this.probe.cancel(true);
			this.probe = probe(key);
			this.probe.whenComplete((release, failure) -> probed(failure));
		}
		return this.breaker.due();
	}

	private CompletableFuture<Release> probe(LockKey key) {
		try {
			return this.store.release(key, this.owners.get(), false);
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void probed(@Nullable Throwable failure) {
		if (failure == null || Failures.isMisconfigured(failure)) {
			this.breaker.answered();
		}
		else if (!(failure instanceof CancellationException)) {
			this.breaker.probeFailed();
		}
	}

	@Override
	public String node() {
		return this.store.node();
	}

	@Override
	public CompletableFuture<Void> connect() {
		return this.store.connect();
	}

	@Override
	public CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		return tryAcquire(key, owner, lease, tokens, interested, this.ticker.nanos());
	}

	/**
	 * The same for a caller that has just looked at the clock.
	 * @param askedAt the time
	 */
	CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens, boolean interested,
			long askedAt) {
		BackendUnavailableException refusal = this.breaker.refusal();
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		return watch(this.store.tryAcquire(key, owner, lease, tokens, interested), key, askedAt);
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		long askedAt = this.ticker.nanos();
		List<CompletableFuture<Renewal>> answers = this.store.renew(renewals);
		for (int i = 0; i < answers.size(); i++) {
			watch(answers.get(i), renewals.get(i).key(), askedAt);
		}
		return answers;
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		return release(key, owner, stillInterested, this.ticker.nanos());
	}

	/**
	 * The same for a caller that has just looked at the clock.
	 * @param askedAt the time
	 */
	CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested, long askedAt) {
		return watch(this.store.release(key, owner, stillInterested), key, askedAt);
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		long askedAt = this.ticker.nanos();
		return watch(this.store.withdraw(key), key, askedAt);
	}

	private <T extends @Nullable Object> CompletableFuture<T> watch(CompletableFuture<T> answer, LockKey key,
			long askedAt) {
		if (answer.isDone() && !answer.isCompletedExceptionally()) {
			this.breaker.answered();
		}
		else {
			answer.whenComplete(new Watch(key, askedAt));
		}
		return answer;
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
		this.store.wakeUps(listener);
	}

	@Override
	public void deliveries(Delivery delivery) {
		this.store.deliveries(delivery);
	}

	@Override
	public Limits limits() {
		return this.store.limits();
	}

	@Override
	public void close() {
		this.store.close();
	}

	/**
	 * Waits for one answer. A question that was dropped before its time was over says
	 * nothing about the store; a renewal of a short lease is.
	 */
	private final class Watch implements BiConsumer<@Nullable Object, @Nullable Throwable> {

		private final LockKey key;

		private final long askedAt;

		Watch(LockKey key, long askedAt) {
			this.key = key;
			this.askedAt = askedAt;
		}

		@Override
		public void accept(@Nullable Object answer, @Nullable Throwable failure) {
			CircuitBreaker breaker = GuardedBackend.this.breaker;
			if (failure == null || Failures.isMisconfigured(failure)) {
				breaker.answered();
			}
			else if (failure instanceof BackendUnavailableException) {
				breaker.failed(this.key, this.askedAt, failure);
			}
			else if (failure instanceof CancellationException && isOverdue()) {
				breaker.failed(this.key, this.askedAt, Failures.silence(GuardedBackend.this.patience, true));
			}
		}

		private boolean isOverdue() {
			return GuardedBackend.this.ticker.nanos() - this.askedAt >= GuardedBackend.this.patience;
		}

	}

}
