package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Delivery;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Tokens;
import io.github.distributedlock.backend.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * A store of one lock that answers on the caller's thread, and remembers what was asked.
 */
final class OneLock implements LockBackend {

	private @Nullable String owner;

	private @Nullable String released;

	private long token;

	private int releases;

	private boolean renewedAfterRelease;

	synchronized boolean isFree() {
		return this.owner == null;
	}

	synchronized void steal() {
		this.owner = null;
	}

	synchronized int releases() {
		return this.releases;
	}

	synchronized boolean wasRenewedAfterRelease() {
		return this.renewedAfterRelease;
	}

	@Override
	public String node() {
		return "here";
	}

	@Override
	public CompletableFuture<Void> connect() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public synchronized CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		if (this.owner != null) {
			return CompletableFuture.completedFuture(new Attempt.Contended(Duration.ofSeconds(1), this.owner));
		}
		this.owner = owner;
		Tokens reserved = new Tokens(this.token + 1, tokens);
		this.token += tokens;
		return CompletableFuture.completedFuture(new Attempt.Granted(new Grant(key, owner, reserved, 0)));
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		return List.of(CompletableFuture.completedFuture(renew(renewals.get(0))));
	}

	private synchronized Renewal renew(Renew renew) {
		this.renewedAfterRelease |= renew.owner().equals(this.released);
		if (!renew.owner().equals(this.owner)) {
			return new Renewal.Lost();
		}
		Tokens reserved = (renew.moreTokens() > 0) ? new Tokens(this.token + 1, renew.moreTokens()) : Tokens.NONE;
		this.token += renew.moreTokens();
		return new Renewal.Renewed(reserved, 0);
	}

	@Override
	public synchronized CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		this.releases++;
		this.released = owner;
		if (!owner.equals(this.owner)) {
			return CompletableFuture.completedFuture(Release.NOT_HELD);
		}
		this.owner = null;
		return CompletableFuture.completedFuture(Release.RELEASED);
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
	}

	@Override
	public void deliveries(Delivery delivery) {
	}

	@Override
	public Limits limits() {
		return new Limits(LockRequest.SHORTEST_LEASE, Duration.ofDays(1), true);
	}

	@Override
	public void close() {
	}

}
