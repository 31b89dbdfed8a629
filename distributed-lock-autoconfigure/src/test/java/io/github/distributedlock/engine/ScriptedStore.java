package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Delivery;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Tokens;
import io.github.distributedlock.backend.WakeUpListener;
import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import io.github.distributedlock.engine.ScriptedRequest.WithdrawRequest;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store whose answers a test gives, one by one and in whatever order. A request that
 * the engine gave up can still be answered, as a client that sent it cannot call it back.
 */
final class ScriptedStore implements LockBackend {

	static final String NODE = "here";

	private final List<ScriptedRequest<?>> asked = new ArrayList<>();

	private CompletableFuture<Void> connected = CompletableFuture.completedFuture(null);

	private WakeUpListener listener;

	private Runnable whileRenewing = () -> {
	};

	private @Nullable Error broken;

	private long nextToken = 1;

	AcquireRequest acquire() {
		return take(AcquireRequest.class);
	}

	RenewRequest renewal() {
		return take(RenewRequest.class);
	}

	ReleaseRequest release() {
		return take(ReleaseRequest.class);
	}

	WithdrawRequest withdrawal() {
		return take(WithdrawRequest.class);
	}

	/**
	 * Checks that nothing was asked but what the test has taken.
	 */
	void assertQuiet() {
		assertThat(snapshot()).as("requests to the store").isEmpty();
	}

	int pending() {
		return snapshot().size();
	}

	void yourTurn(LockKey key) {
		this.listener.yourTurn(key);
	}

	void wanted(LockKey key, String owner) {
		this.listener.wanted(key, owner);
	}

	/**
	 * Has something happen while a renewal is on its way from the engine to the store.
	 */
	void whileRenewing(Runnable action) {
		this.whileRenewing = action;
	}

	/**
	 * Has the first attempt to connect go on until a test ends it.
	 */
	CompletableFuture<Void> connecting() {
		this.connected = new CompletableFuture<>();
		return this.connected;
	}

	/**
	 * Has every request end with an error before it is sent.
	 */
	void breaks(Error broken) {
		this.broken = broken;
	}

	private synchronized List<ScriptedRequest<?>> snapshot() {
		return List.copyOf(this.asked);
	}

	private synchronized <R extends ScriptedRequest<?>> R take(Class<R> type) {
		for (ScriptedRequest<?> request : this.asked) {
			if (type.isInstance(request)) {
				this.asked.remove(request);
				return type.cast(request);
			}
		}
		throw new AssertionError("No " + type.getSimpleName() + " among " + this.asked);
	}

	private synchronized <T> CompletableFuture<T> ask(ScriptedRequest<T> request) {
		if (this.broken != null) {
			throw this.broken;
		}
		this.asked.add(request);
		return request.future();
	}

	synchronized Tokens reserve(int count) {
		Tokens tokens = new Tokens(this.nextToken, count);
		this.nextToken += count;
		return tokens;
	}

	@Override
	public CompletableFuture<Void> connect() {
		return this.connected;
	}

	@Override
	public String node() {
		return NODE;
	}

	@Override
	public CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		return ask(new AcquireRequest(this, key, owner, lease, tokens, interested));
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		List<CompletableFuture<Renewal>> answers = renewals.stream()
			.map((renew) -> ask(new RenewRequest(this, renew)))
			.toList();
		this.whileRenewing.run();
		return answers;
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		return ask(new ReleaseRequest(owner, stillInterested));
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return ask(new WithdrawRequest());
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
		return new Limits(LockRequest.SHORTEST_LEASE, Duration.ofDays(365), true);
	}

	@Override
	public void close() {
	}

}
