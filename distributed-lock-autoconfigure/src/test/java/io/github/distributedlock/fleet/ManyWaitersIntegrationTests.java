package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of callers that wait at the same time, on two nodes.
 */
@Timeout(180)
class ManyWaitersIntegrationTests {

	private static final int CALLERS = 5000;

	private static final int KEYS = 1000;

	private static final long SMALL_STACK = 256 * 1024;

	/** Thousands of threads leave the client little of a small machine. */
	private static final String PATIENT = "distributed-lock.command-timeout=10s";

	/** What carries virtual threads. */
	private static final int CARRIERS = Runtime.getRuntime().availableProcessors();

	private static final Duration BOUND = Duration.ofSeconds(60);

	private final RedisServer server = RedisServer.start();

	private final ConfigurableApplicationContext node = Fleet.start(this.server, PATIENT);

	private final ConfigurableApplicationContext other = Fleet.start(this.server, PATIENT);

	private final int[] counters = new int[KEYS];

	private final CountDownLatch begin = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.node.close();
		this.other.close();
		this.server.close();
	}

	@Test
	void fiveThousandThreadsAtOneKeyAreAllServed() throws Exception {
		run(1, (task) -> new Thread(null, task, "caller", SMALL_STACK).start());
	}

	@Test
	void fiveThreadsAtEachOfAThousandKeysAreAllServed() throws Exception {
		run(KEYS, (task) -> new Thread(null, task, "caller", SMALL_STACK).start());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void fiveThousandVirtualThreadsAtOneKeyAreAllServed() throws Exception {
		run(1, virtualThreads());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void fiveVirtualThreadsAtEachOfAThousandKeysAreAllServed() throws Exception {
		run(KEYS, virtualThreads());
	}

	private void run(int keys, Executor threads) throws Exception {
		Work here = this.node.getBean(Work.class);
		Work there = this.other.getBean(Work.class);
		here.token(-1);
		there.token(-1);
		long before = ownThreads();
		List<CompletableFuture<Void>> calls = new ArrayList<>();
		for (int caller = 0; caller < CALLERS; caller++) {
			int key = caller % keys;
			Work work = (caller / keys % 2 == 0) ? here : there;
			CompletableFuture<Void> done = new CompletableFuture<>();
			calls.add(done);
			threads.execute(() -> call(work, key, done));
		}
		long begun = System.nanoTime();
		this.begin.countDown();
		CompletableFuture<Void> all = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
		long most = 0;
		while (!all.isDone() && System.nanoTime() - begun < BOUND.toNanos()) {
			most = Math.max(most, ownThreads());
			TimeUnit.MILLISECONDS.sleep(50);
		}
		assertThat(all).isCompleted();
		for (int key = 0; key < keys; key++) {
			assertThat(this.counters[key]).as("calls of key " + key).isEqualTo(CALLERS / keys);
		}
		assertThat(most - before).as("threads beside those of the callers").isLessThan(20 + CARRIERS);
	}

	private void call(Work work, int key, CompletableFuture<Void> done) {
		try {
			this.begin.await();
			work.patient(key, () -> this.counters[key]++);
			done.complete(null);
		}
		catch (Exception ex) {
			done.completeExceptionally(ex);
		}
	}

	private static long ownThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.getName().equals("caller"))
			.count();
	}

	private static Executor virtualThreads() throws ReflectiveOperationException {
		return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

}
