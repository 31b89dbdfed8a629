package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockInterruptedException;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Threads that are interrupted, by others while they wait and by a loss while they work.
 */
class InterruptTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final LockRequest ORDER = LockRequest.of("orders", 42).withWaitTime(Duration.ofMinutes(5));

	private static final LockRequest SHORT = ORDER.withLease(Duration.ofMillis(500)).withoutRenewal();

	private final InMemoryStore store = new InMemoryStore();

	private final LockBackend backend = this.store.connect();

	private final DefaultLockRegistry registry = new DefaultLockRegistry(this.backend, EngineSettings.defaults());

	private final ExecutorService threads = Executors
		.newCachedThreadPool((task) -> new Thread(task, "caller-" + task.hashCode()));

	@AfterEach
	void shutDown() {
		this.registry.shutdown(Duration.ZERO);
		this.threads.shutdownNow();
	}

	@Test
	void waitThatIsInterruptedEndsWithTheFlagSetAndLeavesNothingBehind() throws InterruptedException {
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		AtomicReference<Boolean> flag = new AtomicReference<>();
		try (Lease lease = this.registry.acquire(ORDER)) {
			Thread waiter = new Thread(() -> {
				thrown.set(catchThrowable(() -> this.registry.acquire(ORDER)));
				flag.set(Thread.currentThread().isInterrupted());
			});
			waiter.start();
			await().atMost(SOON).until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
			waiter.interrupt();
			waiter.join();
			assertThat(thrown.get()).isInstanceOf(LockInterruptedException.class);
			assertThat(flag).hasValue(true);
			assertThat(lease.isValid()).isTrue();
		}
		try (Lease next = this.registry.acquire(ORDER.withWaitTime(Duration.ZERO))) {
			assertThat(next.isValid()).isTrue();
		}
	}

	@Test
	void closeOnAnInterruptedThreadReleasesAndKeepsTheFlag() {
		Lease lease = this.registry.acquire(ORDER);
		Thread.currentThread().interrupt();
		lease.close();
		assertThat(Thread.interrupted()).isTrue();
		try (Lease next = this.registry.acquire(ORDER.withWaitTime(Duration.ZERO))) {
			assertThat(next.isValid()).isTrue();
		}
	}

	@Test
	void workIsInterruptedWhenItsLockIsLostAndTheFlagIsTakenBack() {
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> this.registry.execute(SHORT.withOnLost(LossPolicy.INTERRUPT), (lease) -> {
				long end = System.nanoTime() + SOON.toNanos();
				while (!Thread.currentThread().isInterrupted() && System.nanoTime() < end) {
					LockSupport.parkNanos(SOON.toNanos());
				}
				interrupted.set(Thread.currentThread().isInterrupted());
				return null;
			}));
		assertThat(interrupted).hasValue(true);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void workIsNotInterruptedWithoutThatPolicy() {
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.registry.execute(SHORT, (lease) -> {
			CompletableFuture<LockLostException> loss = new CompletableFuture<>();
			lease.onLost(loss::complete);
			loss.join();
			interrupted.set(Thread.currentThread().isInterrupted());
			return null;
		}));
		assertThat(interrupted).hasValue(false);
	}

	@Test
	void interruptOfTheWorkersOwnIsLeftAlone() {
		this.registry.execute(ORDER.withOnLost(LossPolicy.INTERRUPT), (lease) -> {
			Thread.currentThread().interrupt();
			return null;
		});
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void lossAfterTheWorkEndedInterruptsNobody() {
		InterruptOnLoss interrupt = new InterruptOnLoss();
		interrupt.end();
		interrupt.accept(new LockLostException(ORDER.key(), Duration.ZERO, OptionalLong.empty(), "late"));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void exceptionOfTheWorkIsKeptWithTheLossUnderIt() {
		IllegalStateException own = new IllegalStateException("its own");
		assertThat(catchThrowable(() -> this.registry.execute(SHORT, (lease) -> {
			CompletableFuture<LockLostException> loss = new CompletableFuture<>();
			lease.onLost(loss::complete);
			loss.join();
			throw own;
		}))).isSameAs(own)
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class));
	}

	@Test
	void lossThatTheWorkThrowsByItselfIsNotSuppressedUnderItself() {
		assertThat(catchThrowable(() -> this.registry.execute(SHORT, (lease) -> {
			CompletableFuture<LockLostException> loss = new CompletableFuture<>();
			lease.onLost(loss::complete);
			loss.join();
			lease.ensureValid();
			return null;
		}))).isInstanceOf(LockLostException.class).hasNoSuppressedExceptions();
	}

	@Test
	void hundredsOfCallersWaitWithoutThreadsOfOurs() {
		int callers = 200;
		CountDownLatch done = new CountDownLatch(callers);
		int[] counter = new int[1];
		long before = ours();
		Lease gate = this.registry.acquire(ORDER);
		for (int i = 0; i < callers; i++) {
			this.threads.execute(() -> {
				this.registry.execute(ORDER, (lease) -> counter[0]++);
				done.countDown();
			});
		}
		await().atMost(SOON).until(() -> waiting() == callers);
		assertThat(ours()).isLessThanOrEqualTo(before);
		gate.close();
		await().atMost(SOON).until(() -> done.getCount() == 0);
		assertThat(counter[0]).isEqualTo(callers);
	}

	private static long ours() {
		return threads().filter((thread) -> thread.getName().startsWith("distributed-lock")).count();
	}

	private static long waiting() {
		return threads().filter((thread) -> thread.getName().startsWith("caller-"))
			.filter((thread) -> thread.getState() == Thread.State.TIMED_WAITING)
			.count();
	}

	private static Stream<Thread> threads() {
		return Thread.getAllStackTraces().keySet().stream();
	}

}
