package io.github.distributedlock.backend.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Delivery;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.WakeUpListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An {@link InMemoryStore} as one node sees it. Every answer is there when the call
 * returns; hints are told to the other nodes before that, on the same thread.
 */
public final class InMemoryLockBackend implements LockBackend {

	private static final Limits LIMITS = new Limits(LockRequest.SHORTEST_LEASE, Duration.ofDays(1), true);

	private static final int MOST_TOKENS = 1000;

	private final Log logger = LogFactory.getLog(InMemoryLockBackend.class);

	private final InMemoryStore store;

	private final String node;

	private volatile @Nullable WakeUpListener listener;

	private volatile boolean closed;

	InMemoryLockBackend(InMemoryStore store, String node) {
		this.store = store;
		this.node = node;
	}

	@Override
	public CompletableFuture<Void> connect() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public String node() {
		return this.node;
	}

	@Override
	public CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		LIMITS.check(key, lease);
		return answer((hint) -> this.store.acquire(key, owner, lease, limited(tokens, 1), interested, this.node, hint));
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		return renewals.stream().map(this::renew).toList();
	}

	private CompletableFuture<Renewal> renew(Renew renew) {
		LIMITS.check(renew.key(), renew.lease());
		return answer((hint) -> this.store.renew(renew, limited(renew.moreTokens(), 0)));
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		return answer((hint) -> this.store.release(key, owner, stillInterested, this.node, hint));
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return answer((hint) -> {
			this.store.withdraw(key, this.node, hint);
			return null;
		});
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
		this.listener = listener;
	}

	@Override
	public void deliveries(Delivery delivery) {
	}

	@Override
	public Limits limits() {
		return LIMITS;
	}

	@Override
	public void close() {
		this.closed = true;
		this.store.disconnect(this);
	}

	void hear(Consumer<WakeUpListener> hint) {
		WakeUpListener current = this.listener;
		if (current == null || this.closed) {
			return;
		}
		try {
			hint.accept(current);
		}
		catch (RuntimeException ex) {
			this.logger.warn("The listener of node " + this.node + " failed", ex);
		}
	}

	private <T extends @Nullable Object> CompletableFuture<T> answer(Function<Hint, T> question) {
		if (this.closed) {
			return CompletableFuture
				.failedFuture(new BackendUnavailableException("this node's backend is closed", false, null));
		}
		Hint hint = new Hint();
		T answer = question.apply(hint);
		hint.tell();
		return CompletableFuture.completedFuture(answer);
	}

	private static int limited(int tokens, int fewest) {
		return Math.max(fewest, Math.min(tokens, MOST_TOKENS));
	}

}
