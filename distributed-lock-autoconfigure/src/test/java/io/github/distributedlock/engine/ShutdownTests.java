package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockRegistryShutdownException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How a registry ends.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

	private final ScriptedStore store = new ScriptedStore();

	private final DefaultLockRegistry registry = new DefaultLockRegistry(this.store, settings(Duration.ofSeconds(30)));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.registry.shutdown(Duration.ZERO);
		this.threads.shutdownNow();
	}

	@Test
	void newAcquisitionsAreRefused() {
		this.registry.shutdown(LONG);
		assertThatExceptionOfType(LockRegistryShutdownException.class)
			.isThrownBy(() -> this.registry.acquire(LockRequest.of(Story.ORDER)))
			.withMessageContaining("is shutting down");
		assertThatExceptionOfType(LockRegistryShutdownException.class)
			.isThrownBy(() -> this.registry.executeOrElse(LockRequest.of(Story.ORDER), (lease) -> null, () -> null));
		this.store.assertQuiet();
	}

	@Test
	void callersWhoWaitAreLetGo() {
		CompletableFuture<Lease> waiting = begin();
		take(() -> this.store.acquire()).contended();
		CompletableFuture<Void> shutdown = shutDown(LONG);
		assertThat(waiting).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(LockRegistryShutdownException.class);
		take(() -> this.store.withdrawal()).done();
		assertThat(shutdown).succeedsWithin(SOON);
	}

	@Test
	void leaseThatIsHeldIsRenewedUntilItIsClosedAndThenReleased() {
		DefaultLockRegistry real = new DefaultLockRegistry(new InMemoryStore().connect(),
				settings(Duration.ofMillis(1500)));
		Lease lease = real.acquire(LockRequest.of(Story.ORDER));
		CompletableFuture<Void> shutdown = CompletableFuture.runAsync(() -> real.shutdown(LONG), this.threads);
		await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> lease.isValid() && !shutdown.isDone());
		lease.close();
		assertThat(shutdown).succeedsWithin(SOON);
		assertThat(lease.isValid()).isFalse();
	}

	@Test
	void leaseThatIsHeldIsKeptWhileManyOthersAreRefused() {
		DefaultLockRegistry real = new DefaultLockRegistry(new InMemoryStore().connect(), EngineSettings.defaults());
		Lease lease = real.acquire(LockRequest.of(Story.ORDER));
		CompletableFuture<Void> shutdown = CompletableFuture.runAsync(() -> real.shutdown(LONG), this.threads);
		await().atMost(SOON).until(() -> isRefused(real, LockRequest.of("refused", "first")));
		CompletableFuture<?>[] refused = IntStream.range(0, 4)
			.mapToObj((thread) -> CompletableFuture.runAsync(
					() -> IntStream.range(0, 50_000)
						.forEach((call) -> assertThat(isRefused(real, LockRequest.of("refused", call % 3))).isTrue()),
					this.threads))
			.toArray(CompletableFuture[]::new);
		assertThat(CompletableFuture.allOf(refused)).succeedsWithin(Duration.ofMinutes(1));
		assertThat(lease.isValid()).isTrue();
		assertThat(shutdown).isNotDone();
		lease.close();
		assertThat(shutdown).succeedsWithin(SOON);
	}

	@Test
	void leaseThatIsHeldTooLongIsLostReleasedAndNamed(CapturedOutput output) {
		Lease lease = hold();
		CompletableFuture<LockLostException> told = new CompletableFuture<>();
		lease.onLost(told::complete);
		CompletableFuture<Void> shutdown = shutDown(Duration.ofMillis(50));
		take(() -> this.store.release()).released();
		assertThat(shutdown).succeedsWithin(SOON);
		assertThat(lease.isValid()).isFalse();
		assertThat(told).succeedsWithin(SOON);
		assertThat(output).contains("Released while the work").contains("[orders:42]");
		lease.close();
	}

	@Test
	void ofManyLocksThatAreHeldTooLongSomeAreNamedAndTheOthersCounted(CapturedOutput output) {
		DefaultLockRegistry real = new DefaultLockRegistry(new InMemoryStore().connect(), EngineSettings.defaults());
		for (int i = 0; i < 30; i++) {
			real.acquire(LockRequest.of("orders", i));
		}
		real.shutdown(Duration.ZERO);
		assertThat(output).contains("Released while the work").contains("] and 10 more");
	}

	@Test
	void lockThatCouldNotBeReleasedIsNamed(CapturedOutput output) {
		hold();
		CompletableFuture<Void> shutdown = shutDown(Duration.ZERO);
		assertThat(shutdown).succeedsWithin(SOON);
		assertThat(output).contains("may stay taken until their leases are over: [orders:42]");
	}

	@Test
	void nothingIsNamedWhenEverythingWasReleased(CapturedOutput output) {
		Lease lease = hold();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(lease::close, this.threads);
		take(() -> this.store.release()).released();
		assertThat(closed).succeedsWithin(SOON);
		this.registry.shutdown(LONG);
		assertThat(output).doesNotContain("orders:42");
	}

	@Test
	void secondShutdownDoesNothing() {
		this.registry.shutdown(LONG);
		this.registry.shutdown(LONG);
	}

	@Test
	void keeperEndsWithTheRegistry() {
		Set<Thread> others = keepers();
		DefaultLockRegistry another = new DefaultLockRegistry(new ScriptedStore(), EngineSettings.defaults());
		Set<Thread> its = keepers();
		its.removeAll(others);
		assertThat(its).hasSize(1);
		another.shutdown(LONG);
		await().atMost(SOON).until(() -> its.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void threadThatIsInterruptedWhileItShutsDownTakesTheLocksAwayAtOnce() throws InterruptedException {
		Lease lease = hold();
		CountDownLatch done = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			this.registry.shutdown(LONG);
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
			done.countDown();
		});
		thread.start();
		thread.interrupt();
		take(() -> this.store.release()).released();
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(lease.isValid()).isFalse();
	}

	private static boolean isRefused(DefaultLockRegistry registry, LockRequest request) {
		try {
			registry.acquire(request).close();
			return false;
		}
		catch (LockRegistryShutdownException ex) {
			return true;
		}
	}

	private static EngineSettings settings(Duration lease) {
		return new EngineSettings(SOON, lease, OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, Duration.ofSeconds(2), true,
				Duration.ofMillis(10), null, ReleaseMode.SYNC, BreakerSettings.defaults(), WaiterLimits.defaults());
	}

	private static Set<Thread> keepers() {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> !thread.getName().equals("distributed-lock-keeper"));
		return threads;
	}

	private Lease hold() {
		CompletableFuture<Lease> lease = begin();
		take(() -> this.store.acquire()).grant();
		return lease.join();
	}

	private CompletableFuture<Lease> begin() {
		return CompletableFuture.supplyAsync(() -> this.registry.acquire(LockRequest.of(Story.ORDER)), this.threads);
	}

	private CompletableFuture<Void> shutDown(Duration timeout) {
		return CompletableFuture.runAsync(() -> this.registry.shutdown(timeout), this.threads);
	}

	private static <T> T take(Supplier<T> request) {
		return await().atMost(SOON).until(() -> {
			try {
				return request.get();
			}
			catch (AssertionError ex) {
				return null;
			}
		}, (found) -> found != null);
	}

}
