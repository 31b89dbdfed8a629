package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockQueueFullException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How many callers may wait.
 */
class WaiterLimitTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final LockBackend backend = new InMemoryStore(System::nanoTime).connect("here");

	private final DefaultLockRegistry locks = new DefaultLockRegistry(this.backend,
			new EngineSettings(LONG, LONG, OutagePolicy.FAIL_OPEN, LossPolicy.THROW, Duration.ofSeconds(1), true,
					Duration.ofMillis(10), null, ReleaseMode.SYNC, BreakerSettings.defaults(), new WaiterLimits(2, 3)));

	@AfterEach
	void shutDown() {
		this.locks.shutdown(LONG);
	}

	private CompletableFuture<Void> waits(int order) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			this.locks.acquire(LockRequest.of("orders", order)).close();
			done.complete(null);
		});
		thread.start();
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		return done;
	}

	@Test
	void callerWhoFindsAsManyAtItsLockAsMayWaitIsRefusedAtOnceAndOthersAreServed() {
		CompletableFuture<Void> first;
		CompletableFuture<Void> second;
		try (Lease held = this.locks.acquire(LockRequest.of("orders", 1))) {
			first = waits(1);
			second = waits(1);
			assertThatExceptionOfType(LockQueueFullException.class)
				.isThrownBy(() -> this.locks.acquire(LockRequest.of("orders", 1)))
				.withMessage("Lock 'orders:1' was not acquired: 2 callers of this node already wait for it, and no"
						+ " more may")
				.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(2));
			assertThat(held.isValid()).isTrue();
			this.locks.acquire(LockRequest.of("orders", 2)).close();
		}
		CompletableFuture.allOf(first, second).join();
		this.locks.acquire(LockRequest.of("orders", 1)).close();
	}

	@Test
	void callerWhoFindsAsManyInAllAsMayWaitIsRefusedAtOnceWhateverItsLock() {
		CompletableFuture<Void> all;
		try (Lease one = this.locks.acquire(LockRequest.of("orders", 1));
				Lease two = this.locks.acquire(LockRequest.of("orders", 2))) {
			all = CompletableFuture.allOf(waits(1), waits(1), waits(2));
			assertThatExceptionOfType(LockQueueFullException.class)
				.isThrownBy(() -> this.locks.tryAcquire(LockRequest.of("orders", 2)))
				.withMessageContaining("3 callers of this node already wait for locks");
			assertThat(one.key()).isNotEqualTo(two.key());
		}
		all.join();
		this.locks.acquire(LockRequest.of("orders", 2)).close();
	}

	@Test
	void fullQueueIsNoContention() {
		CompletableFuture<Void> all;
		try (Lease held = this.locks.acquire(LockRequest.of("orders", 1))) {
			all = CompletableFuture.allOf(waits(1), waits(1));
			assertThatExceptionOfType(LockQueueFullException.class)
				.isThrownBy(() -> this.locks.executeOrElse(LockRequest.of("orders", 1), (lease) -> 1, () -> 2));
			assertThat(this.locks.tryAcquire(LockRequest.of("orders", 1).withWaitTime(Duration.ZERO))).isNull();
			assertThat(held.key()).isEqualTo(LockKey.of("orders", 1));
		}
		all.join();
	}

	@Test
	void limitsBelowOneAreRefusedByName() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new WaiterLimits(0, 1))
			.withMessageContaining("'perKey'");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new WaiterLimits(1, 0))
			.withMessageContaining("'total'");
	}

}
