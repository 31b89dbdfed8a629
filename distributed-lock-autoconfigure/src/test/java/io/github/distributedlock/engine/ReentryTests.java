package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Flows that enter a lock in which they run already.
 */
class ReentryTests {

	private static final LockRequest ORDER = LockRequest.of("orders", 42).withWaitTime(Duration.ZERO);

	private final InMemoryStore store = new InMemoryStore();

	private final LockBackend backend = this.store.connect("here");

	private final LockBackend other = this.store.connect("there");

	private final DefaultLockRegistry registry = new DefaultLockRegistry(this.backend, EngineSettings.defaults());

	@AfterEach
	void shutDown() {
		this.registry.shutdown(Duration.ZERO);
	}

	@Test
	void innerCallRunsInTheLeaseOfTheOuter() {
		String result = this.registry.execute(ORDER, (outer) -> this.registry.execute(ORDER, (inner) -> {
			assertThat(inner.fencingToken()).isEqualTo(outer.fencingToken());
			assertThat(inner.isValid()).isTrue();
			assertThat(inner.isProtected()).isTrue();
			assertThat(this.registry.currentLease()).isSameAs(inner);
			return "done";
		}));
		assertThat(result).isEqualTo("done");
	}

	@Test
	void lockIsHeldUntilTheOuterCallEnds() {
		this.registry.execute(ORDER, (outer) -> {
			this.registry.execute(ORDER, (inner) -> "inner");
			assertThat(outer.isValid()).isTrue();
			assertThat(isTakenForOthers()).isTrue();
			assertThat(this.registry.currentLease()).isSameAs(outer);
			return null;
		});
		assertThat(isTakenForOthers()).isFalse();
		assertThat(this.registry.currentLease()).isNull();
	}

	@Test
	void leaseThatIsAcquiredWithinTheFlowIsTheOuterOneAndItsCloseDoesNothing() {
		this.registry.execute(ORDER, (outer) -> {
			try (Lease inner = this.registry.acquire(ORDER)) {
				assertThat(inner.fencingToken()).isEqualTo(outer.fencingToken());
			}
			try (Lease inner = this.registry.tryAcquire(ORDER)) {
				assertThat(inner).isNotNull();
			}
			assertThat(outer.isValid()).isTrue();
			return null;
		});
	}

	@Test
	void anOuterLockIsFoundBehindAnotherOne() {
		LockRequest another = LockRequest.of(LockKey.of("orders", 43));
		this.registry.execute(ORDER,
				(outer) -> this.registry.execute(another, (middle) -> this.registry.execute(ORDER, (inner) -> {
					assertThat(inner.fencingToken()).isEqualTo(outer.fencingToken());
					return null;
				})));
	}

	@Test
	void anotherThreadDoesNotEnter() {
		this.registry.execute(ORDER, (outer) -> {
			CompletableFuture<Lease> elsewhere = CompletableFuture.supplyAsync(() -> this.registry.tryAcquire(ORDER));
			assertThat(elsewhere.join()).isNull();
			return null;
		});
	}

	@Test
	void leaseOutsideOfAFlowIsEnteredByNobody() {
		try (Lease lease = this.registry.acquire(ORDER)) {
			assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.registry.acquire(ORDER));
			assertThat(lease.isValid()).isTrue();
		}
	}

	@Test
	void leaseThatIsLostIsNotEntered() {
		AtomicReference<String> inner = new AtomicReference<>();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(
				() -> this.registry.execute(ORDER.withLease(Duration.ofMillis(500)).withoutRenewal(), (outer) -> {
					waitUntilLost(outer);
					assertThatExceptionOfType(LockLostException.class)
						.isThrownBy(() -> this.registry.executeOrElse(ORDER, (lease) -> {
							inner.set("ran");
							return null;
						}, () -> null));
					return null;
				}));
		assertThat(inner).hasValue(null);
	}

	private static void waitUntilLost(Lease lease) {
		CompletableFuture<LockLostException> loss = new CompletableFuture<>();
		lease.onLost(loss::complete);
		loss.join();
	}

	@Test
	void leaseThatItsCallbackClosedIsNotEnteredButAcquiredAnew() {
		this.registry.execute(ORDER, (outer) -> {
			outer.close();
			this.registry.execute(ORDER, (inner) -> {
				assertThat(inner.isValid()).isTrue();
				assertThat(inner.fencingToken().orElseThrow()).isGreaterThan(outer.fencingToken().orElseThrow());
				assertThat(isTakenForOthers()).isTrue();
				return null;
			});
			return null;
		});
		assertThat(isTakenForOthers()).isFalse();
	}

	@Test
	void failClosedDoesNotEnterAnUnprotectedLease() {
		this.backend.close();
		this.registry.execute(ORDER.withOnUnavailable(OutagePolicy.FAIL_OPEN), (outer) -> {
			assertThat(outer.isProtected()).isFalse();
			assertThatExceptionOfType(LockUnavailableException.class)
				.isThrownBy(() -> this.registry.execute(ORDER, (inner) -> null))
				.withMessageContaining("held unprotected");
			this.registry.execute(ORDER.withOnUnavailable(OutagePolicy.FAIL_OPEN), (inner) -> {
				assertThat(inner.isProtected()).isFalse();
				return null;
			});
			return null;
		});
	}

	private boolean isTakenForOthers() {
		String probe = this.other.node() + "#" + System.nanoTime();
		var attempt = this.other.tryAcquire(ORDER.key(), probe, Duration.ofSeconds(1), 1, false).join();
		this.other.release(ORDER.key(), probe, false).join();
		return attempt instanceof Attempt.Contended;
	}

}
