package io.github.distributedlock.reliability.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Delivery;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.WakeUpListener;
import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.history.Kind;

/**
 * Logs what a store is asked, before it is asked, and what it answers.
 */
final class RecordingBackend implements LockBackend {

	private final LockBackend backend;

	private final EventLog log;

	RecordingBackend(LockBackend backend, EventLog log) {
		this.backend = backend;
		this.log = log;
	}

	@Override
	public String node() {
		return this.backend.node();
	}

	@Override
	public CompletableFuture<Void> connect() {
		return this.backend.connect();
	}

	@Override
	public CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		add(Kind.ASKED, key, owner, lease.toNanos(), 0);
		CompletableFuture<Attempt> answer = this.backend.tryAcquire(key, owner, lease, tokens, interested);
		answer.whenComplete((attempt, failure) -> {
			if (attempt instanceof Attempt.Granted granted) {
				add(Kind.STORE_GRANTED, key, owner, granted.grant().tokens().first(), 0);
			}
		});
		return answer;
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		long askedAt = System.nanoTime();
		renewals.forEach((renew) -> add(Kind.RENEWING, renew.key(), renew.owner(), renew.lease().toNanos(), 0));
		List<CompletableFuture<Renewal>> answers = this.backend.renew(renewals);
		IntStream.range(0, renewals.size()).forEach((i) -> {
			Renew renew = renewals.get(i);
			answers.get(i).whenComplete((renewal, failure) -> {
				if (renewal != null) {
					add((renewal instanceof Renewal.Renewed) ? Kind.RENEWED : Kind.RENEWAL_LOST, renew.key(),
							renew.owner(), renew.lease().toNanos(), askedAt);
				}
			});
		});
		return answers;
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		add(Kind.STORE_RELEASING, key, owner, 0, 0);
		return this.backend.release(key, owner, stillInterested);
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return this.backend.withdraw(key);
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
		this.backend.wakeUps(listener);
	}

	@Override
	public void deliveries(Delivery delivery) {
		this.backend.deliveries(delivery);
	}

	@Override
	public Limits limits() {
		return this.backend.limits();
	}

	@Override
	public void close() {
		this.backend.close();
	}

	private void add(Kind kind, LockKey key, String owner, long number, long moment) {
		this.log.add(System.nanoTime(), kind, String.valueOf(key.key()), owner, number, moment, "");
	}

}
