package io.github.distributedlock.backend;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.LockKey;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node of a store under test, which waits for answers and remembers hints.
 */
public final class TestNode implements AutoCloseable {

	static final Duration LEASE = Duration.ofSeconds(30);

	private final LockBackend backend;

	private final BlockingQueue<Hint> hints = new LinkedBlockingQueue<>();

	private final AtomicInteger sequence = new AtomicInteger();

	public TestNode(LockBackend backend) {
		this.backend = backend;
		backend.wakeUps(new WakeUpListener() {

			@Override
			public void yourTurn(LockKey key) {
				TestNode.this.hints.add(new Hint(key, null));
			}

			@Override
			public void wanted(LockKey key, String owner) {
				TestNode.this.hints.add(new Hint(key, owner));
			}

		});
		backend.connect();
	}

	public LockBackend backend() {
		return this.backend;
	}

	public String node() {
		return this.backend.node();
	}

	public String newOwner() {
		return node() + "#" + this.sequence.incrementAndGet();
	}

	public Attempt attempt(LockKey key, String owner, Duration lease, int tokens, boolean interested) {
		return await(this.backend.tryAcquire(key, owner, lease, tokens, interested));
	}

	public Attempt attempt(LockKey key, boolean interested) {
		return attempt(key, newOwner(), LEASE, 1, interested);
	}

	public Grant acquire(LockKey key) {
		return acquire(key, LEASE, 1);
	}

	public Grant acquire(LockKey key, Duration lease, int tokens) {
		return granted(attempt(key, newOwner(), lease, tokens, false));
	}

	public Attempt.Contended contended(LockKey key, boolean interested) {
		Attempt attempt = attempt(key, interested);
		assertThat(attempt).isInstanceOf(Attempt.Contended.class);
		return (Attempt.Contended) attempt;
	}

	public static Grant granted(Attempt attempt) {
		assertThat(attempt).isInstanceOf(Attempt.Granted.class);
		return ((Attempt.Granted) attempt).grant();
	}

	public Renewal renew(Grant grant, Duration lease, int moreTokens) {
		return await(
				this.backend.renew(List.of(new Renew(grant.key(), grant.owner(), lease, moreTokens, true))).get(0));
	}

	public Release release(Grant grant) {
		return release(grant.key(), grant.owner(), false);
	}

	public Release release(LockKey key, String owner, boolean stillInterested) {
		return await(this.backend.release(key, owner, stillInterested));
	}

	public void withdraw(LockKey key) {
		CompletableFuture<?> answer = this.backend.withdraw(key);
		await(answer.thenApply((nothing) -> ""));
	}

	/**
	 * Waits for the next hint.
	 * @return the hint
	 */
	public Hint hint() {
		try {
			Hint hint = this.hints.poll(10, TimeUnit.SECONDS);
			assertThat(hint).as("hint for node " + node()).isNotNull();
			return hint;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes sure that no hint is under way. Hints for one node arrive in the order in
	 * which the store gave them, so nothing may come before one that is provoked here.
	 * @param helper another node
	 */
	public void assertNoHint(TestNode helper) {
		LockKey marker = LockKey.of("marker", node() + this.sequence.incrementAndGet());
		Grant grant = acquire(marker);
		helper.contended(marker, true);
		assertThat(hint()).isEqualTo(new Hint(marker, grant.owner()));
		helper.withdraw(marker);
		release(grant);
	}

	private static <T> T await(CompletableFuture<T> answer) {
		return answer.orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.backend.close();
	}

	/**
	 * What the store said.
	 *
	 * @param key the lock
	 * @param wantedFrom the owner that somebody waits for, or {@code null} if it is this
	 * node's turn
	 */
	public record Hint(LockKey key, @Nullable String wantedFrom) {
	}

}
