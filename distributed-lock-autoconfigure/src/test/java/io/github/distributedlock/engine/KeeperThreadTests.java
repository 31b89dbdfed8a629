package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The engine with real threads: alarms that reach the keeper, and callers of two nodes
 * that race.
 */
class KeeperThreadTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Test
	void questionsThatStayUnansweredAreGivenUpHoweverOftenTheKeeperFallsAsleep() {
		ScriptedStore silent = new ScriptedStore();
		DefaultLockRegistry registry = new DefaultLockRegistry(silent, settings(Duration.ofMillis(5)));
		AtomicInteger answered = new AtomicInteger();
		Thread caller = new Thread(() -> {
			for (int i = 0; i < 200; i++) {
				try {
					registry.acquire(LockRequest.of("orders", i));
				}
				catch (RuntimeException ex) {
					answered.incrementAndGet();
				}
			}
		});
		caller.start();
		await().atMost(SOON).untilAsserted(() -> assertThat(answered).hasValue(200));
		registry.shutdown(Duration.ZERO);
	}

	@Test
	void callersOfTwoNodesNeverOverlapAndAreAllServed() throws InterruptedException {
		InMemoryStore store = new InMemoryStore();
		List<DefaultLockRegistry> registries = IntStream.range(0, 2)
			.mapToObj((n) -> new DefaultLockRegistry(store.connect(), settings(Duration.ofSeconds(5))))
			.toList();
		ExecutorService threads = Executors.newCachedThreadPool();
		CountDownLatch done = new CountDownLatch(16);
		AtomicBoolean inside = new AtomicBoolean();
		AtomicInteger overlaps = new AtomicInteger();
		int[] counter = new int[1];
		for (int i = 0; i < 16; i++) {
			DefaultLockRegistry registry = registries.get(i % 2);
			threads.execute(() -> {
				for (int round = 0; round < 200; round++) {
					registry.execute(LockRequest.of("orders", 42).withWaitTime(SOON), (lease) -> {
						overlaps.addAndGet(inside.compareAndSet(false, true) ? 0 : 1);
						counter[0]++;
						inside.set(false);
						return null;
					});
				}
				done.countDown();
			});
		}
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(overlaps).hasValue(0);
		assertThat(counter[0]).isEqualTo(16 * 200);
		registries.forEach((registry) -> registry.shutdown(SOON));
		threads.shutdown();
	}

	private static EngineSettings settings(Duration commandTimeout) {
		return new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), OutagePolicy.FAIL_CLOSED,
				LossPolicy.THROW, commandTimeout, true, Duration.ofMillis(10), null, ReleaseMode.SYNC,
				BreakerSettings.defaults(), WaiterLimits.defaults());
	}

}
