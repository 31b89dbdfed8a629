package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockInterruptedException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Callers that come before the first connection to the store is there.
 */
class ConnectingTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(50);

	private static final LockRequest ORDER = LockRequest.of("orders", 42).withWaitTime(Duration.ZERO);

	private final ScriptedStore store = new ScriptedStore();

	private final CompletableFuture<Void> connecting = this.store.connecting();

	private final DefaultLockRegistry registry = new DefaultLockRegistry(this.store,
			new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), OutagePolicy.FAIL_CLOSED,
					LossPolicy.THROW, COMMAND_TIMEOUT, true, Duration.ofMillis(10), null, ReleaseMode.SYNC,
					BreakerSettings.defaults(), WaiterLimits.defaults()));

	@AfterEach
	void shutDown() {
		this.registry.shutdown(Duration.ZERO);
	}

	@Test
	void timeOfTheFirstConnectionIsNeitherSilenceOfTheStoreNorContention() {
		CompletableFuture<Lease> lease = CompletableFuture.supplyAsync(() -> this.registry.acquire(ORDER));
		await().during(COMMAND_TIMEOUT.multipliedBy(4)).atMost(SOON).until(() -> !lease.isDone());
		this.store.assertQuiet();
		this.connecting.complete(null);
		await().atMost(SOON).until(() -> this.store.pending() > 0);
	}

	@Test
	void callersHearAtOnceThatTheFirstConnectionFailed() {
		CompletableFuture<Lease> lease = CompletableFuture.supplyAsync(() -> this.registry.acquire(ORDER));
		this.connecting.complete(null);
		await().atMost(SOON).until(() -> this.store.pending() > 0);
		this.store.acquire().unavailable(false);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(lease::join)
			.withCauseInstanceOf(LockUnavailableException.class);
	}

	@Test
	void callerThatIsInterruptedMeanwhileLeavesNothingBehind() throws InterruptedException {
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		AtomicReference<Boolean> flag = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			thrown.set(catchThrowable(() -> this.registry.acquire(ORDER)));
			flag.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		caller.interrupt();
		caller.join(SOON.toMillis());
		assertThat(thrown.get()).isInstanceOf(LockInterruptedException.class);
		assertThat(flag.get()).isTrue();
		this.connecting.complete(null);
		this.store.assertQuiet();
	}

}
