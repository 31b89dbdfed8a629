package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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

/**
 * A store behind a bad network on a virtual clock: requests, answers and hints are late,
 * overtake each other and get lost, and at times everything is.
 */
final class UnreliableBackend implements LockBackend {

	private final LockBackend store;

	private final VirtualTime time;

	private final Random random;

	private final double loss;

	private long outUntil;

	private long pausedUntil;

	UnreliableBackend(LockBackend store, VirtualTime time, Random random, double loss) {
		this.store = store;
		this.time = time;
		this.random = random;
		this.loss = loss;
	}

	void cutOff(long until) {
		this.outUntil = until;
	}

	/**
	 * Stops everything that happens in this node, but not the time.
	 */
	void pause(long until) {
		this.pausedUntil = until;
	}

	/**
	 * Ends this node without a word.
	 */
	void crash() {
		pause(Ticker.NEVER);
	}

	boolean isCrashed() {
		return this.pausedUntil == Ticker.NEVER;
	}

	/**
	 * Has something happen in this node, once it is not paused.
	 */
	void inside(Runnable action) {
		if (this.time.nanos() >= this.pausedUntil) {
			action.run();
		}
		else if (!isCrashed()) {
			this.time.at(this.pausedUntil, () -> inside(action));
		}
	}

	private boolean isLost() {
		return this.time.nanos() < this.outUntil || this.random.nextDouble() < this.loss;
	}

	private long delay() {
		long usual = 50_000 + this.random.nextInt(400_000);
		return (this.random.nextInt(50) == 0) ? this.random.nextInt(1_500_000_000) : usual;
	}

	private <T> CompletableFuture<T> deliver(Supplier<CompletableFuture<T>> question) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		if (this.random.nextInt(300) == 0) {
			answer.completeExceptionally(new BackendUnavailableException("the connection was refused", false, null));
		}
		else if (!isLost()) {
			this.time.after(delay(), () -> {
				CompletableFuture<T> result = question.get();
				if (!isLost()) {
					this.time.after(delay(), () -> inside(() -> answer.complete(result.join())));
				}
			});
		}
		return answer;
	}

	@Override
	public CompletableFuture<Void> connect() {
		return this.store.connect();
	}

	@Override
	public String node() {
		return this.store.node();
	}

	@Override
	public CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		return deliver(() -> this.store.tryAcquire(key, owner, lease, tokens, interested));
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		return renewals.stream().map((renew) -> deliver(() -> this.store.renew(List.of(renew)).get(0))).toList();
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		return deliver(() -> this.store.release(key, owner, stillInterested));
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return deliver(() -> this.store.withdraw(key));
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
		this.store.wakeUps(new WakeUpListener() {

			@Override
			public void yourTurn(LockKey key) {
				hint(() -> listener.yourTurn(key));
			}

			@Override
			public void wanted(LockKey key, String owner) {
				hint(() -> listener.wanted(key, owner));
			}

		});
	}

	private void hint(Runnable hint) {
		if (!isLost()) {
			this.time.after(delay(), () -> inside(hint));
		}
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
	}

}
