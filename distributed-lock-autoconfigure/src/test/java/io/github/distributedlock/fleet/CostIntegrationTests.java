package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class CostIntegrationTests {

	private static final Log logger = LogFactory.getLog(CostIntegrationTests.class);

	@RegisterExtension
	private final OneNode<RedisServer> node = new OneNode<>(RedisServer.start());

	private final RedisServer server = this.node.server();

	private final Work work = this.node.work();

	@BeforeEach
	void warmUp() {
		this.work.token(1);
	}

	@Test
	void uncontendedCycleCostsTwoRoundTrips() {
		Map<String, Long> calls = calls(() -> {
			for (int cycle = 0; cycle < 100; cycle++) {
				this.work.token(42);
			}
		});
		assertThat(calls).containsEntry("evalsha", 200L).doesNotContainKeys("eval", "subscribe", "publish");
	}

	@Test
	void reentryCostsNoRoundTrip() {
		Map<String, Long> calls = calls(() -> assertThat(this.work.reenter(42, this.work)).isPositive());
		assertThat(calls).containsEntry("evalsha", 2L);
	}

	@Test
	void contendedWaitCostsNoSubscription() throws Exception {
		try (ConfigurableApplicationContext other = Fleet.start(this.server)) {
			Work waiting = other.getBean(Work.class);
			waiting.token(1);
			ExecutorService threads = Executors.newCachedThreadPool();
			this.server.resetCommandCalls();
			for (int turn = 0; turn < 5; turn++) {
				List<Future<Long>> waits = new ArrayList<>();
				this.work.patient(42, () -> {
					long before = evalsha();
					waits.add(threads.submit(() -> waiting.token(42)));
					Awaitility.await().until(() -> evalsha() > before);
					return null;
				});
				assertThat(waits.get(0).get()).isPositive();
			}
			threads.shutdown();
			assertThat(this.server.commandCalls()).doesNotContainKeys("subscribe", "unsubscribe", "psubscribe");
		}
	}

	@Test
	void sixteenThreadsOnOneKeyAreFarAheadOfRLock() throws Exception {
		LockRegistry locks = this.node.application().getBean(LockRegistry.class);
		LockRequest request = LockRequest.of("orders", 42).withWaitTime(Duration.ofMinutes(2));
		RedissonClient client = redisson();
		try {
			RLock lock = client.getLock("orders");
			List<Double> ratios = new ArrayList<>();
			for (int round = 0; round < 3; round++) {
				double ours = cyclesPerSecond(6000, () -> locks.execute(request, (lease) -> null));
				double theirs = cyclesPerSecond(200, () -> {
					lock.lock();
					lock.unlock();
				});
				ratios.add(ours / theirs);
				logger.info(String.format("16 threads, one key: %.0f cycles/s, RLock %.0f, ratio %.1f", ours, theirs,
						ours / theirs));
			}
			ratios.sort(null);
			assertThat(ratios.get(1)).isGreaterThan(15);
		}
		finally {
			client.shutdown();
		}
	}

	/** Its locks are other records, which need other rights. */
	private RedissonClient redisson() {
		this.server.command("ACL", "SETUSER", "default", "~*", "&*", "+@all");
		Config config = new Config();
		config.useSingleServer().setAddress(this.server.address());
		return Redisson.create(config);
	}

	private long evalsha() {
		return this.server.commandCalls().getOrDefault("evalsha", 0L);
	}

	private Map<String, Long> calls(Runnable work) {
		this.server.resetCommandCalls();
		work.run();
		return this.server.commandCalls();
	}

	private static double cyclesPerSecond(int cycles, Runnable cycle) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(16);
		long begun = System.nanoTime();
		for (int thread = 0; thread < 16; thread++) {
			new Thread(() -> {
				for (int i = 0; i < cycles; i++) {
					cycle.run();
				}
				done.countDown();
			}).start();
		}
		assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
		return 16 * cycles * 1e9 / (System.nanoTime() - begun);
	}

}
