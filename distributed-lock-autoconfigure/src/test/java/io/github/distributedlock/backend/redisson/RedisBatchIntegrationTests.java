package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisCluster;
import io.github.distributedlock.test.redis.RedisProcess;
import io.github.distributedlock.test.redis.SpreadingProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions that leave together: each gets its own answer, whatever happens to the
 * others. A paused server makes them wait for each other.
 */
class RedisBatchIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private RedisProcess server;

	private TestNode node;

	@BeforeEach
	void start() {
		this.server = RedisProcess.launch();
		this.node = node(TestClients.config(this.server), Duration.ofSeconds(5));
	}

	@AfterEach
	void stop() {
		this.node.close();
		this.server.close();
	}

	private static TestNode node(Config config, Duration commandTimeout) {
		return new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> Redisson.create(config)), "dl",
				commandTimeout));
	}

	private static Map<LockKey, CompletableFuture<Attempt>> ask(TestNode node, String name, int count) {
		Map<LockKey, CompletableFuture<Attempt>> answers = new LinkedHashMap<>();
		IntStream.range(0, count)
			.mapToObj((i) -> LockKey.of(name, i))
			.forEach((key) -> answers.put(key, node.backend().tryAcquire(key, node.newOwner(), LEASE, 1, false)));
		return answers;
	}

	/**
	 * Asks for 40 locks while nothing is answered, and lets the server answer.
	 */
	private Map<LockKey, CompletableFuture<Attempt>> askTogether() {
		this.server.pause();
		try {
			return ask(this.node, "batch", 40);
		}
		finally {
			this.server.resume();
		}
	}

	private static Throwable failure(CompletableFuture<?> answer) {
		return answer.handle((value, ex) -> ex).orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Test
	void questionsThatLeaveTogetherAreOneScriptCall() {
		this.node.acquire(LockKey.of("first"));
		this.server.resetCommandCalls();
		askTogether().values().forEach((answer) -> TestNode.granted(answer.join()));
		assertThat(this.server.commandCalls()).containsEntry("evalsha", Pace.OVERLAPPING + 1L)
			.doesNotContainKeys("eval", "multi", "exec", "client|reply");
	}

	@Test
	void renewalWaitsBehindNoOtherQuestion() {
		Grant held = this.node.acquire(LockKey.of("held"));
		this.server.resetCommandCalls();
		this.server.pause();
		Map<LockKey, CompletableFuture<Attempt>> answers = ask(this.node, "batch", Pace.OVERLAPPING + 10);
		CompletableFuture<Renewal> renewal = this.node.backend()
			.renew(List.of(new Renew(held.key(), held.owner(), LEASE, 0, false)))
			.get(0);
		this.server.resume();
		assertThat(renewal).succeedsWithin(Duration.ofSeconds(5));
		answers.values().forEach((answer) -> TestNode.granted(answer.join()));
		assertThat(this.server.commandCalls()).containsEntry("evalsha", Pace.OVERLAPPING + 2L);
	}

	@Test
	void proxyThatSpreadsKeysGetsACallForEachLock() {
		try (RedisProcess other = RedisProcess.launch();
				SpreadingProxy proxy = new SpreadingProxy(List.of(this.server, other))) {
			Config config = TestClients.config(this.server);
			config.useSingleServer().setAddress(proxy.address());
			try (TestNode spread = node(config, Duration.ofSeconds(5))) {
				ask(spread, "spread", 200).forEach((key, answer) -> {
					TestNode.granted(answer.join());
					String lock = "dl:{" + key + "}:lock";
					assertThat(proxy.server(lock).command("EXISTS", lock)).as(lock).isEqualTo(1L);
				});
			}
		}
	}

	@Test
	void foreignRecordFailsItsOwnQuestionOnly() {
		this.node.acquire(LockKey.of("first"));
		this.server.command("RPUSH", "dl:{batch:20}:lock", "foreign");
		askTogether().forEach((key, answer) -> {
			if ("20".equals(key.key())) {
				assertThat(failure(answer)).isInstanceOf(BackendMisconfiguredException.class)
					.hasMessageContaining("WRONGTYPE");
			}
			else {
				assertThat(TestNode.granted(answer.join()).key()).isEqualTo(key);
			}
		});
	}

	@Test
	void forbiddenRecordFailsItsOwnQuestionOnly() {
		this.server.command("ACL", "SETUSER", "app", "reset", "on", ">geheim", "+@all", "&*", "~dl:{batch:1*",
				"~dl:{f*");
		this.node.close();
		Config config = TestClients.config(this.server);
		config.setUsername("app").setPassword("geheim");
		this.node = node(config, Duration.ofSeconds(5));
		this.node.acquire(LockKey.of("first"));
		askTogether().forEach((key, answer) -> {
			if (key.key().startsWith("1")) {
				assertThat(TestNode.granted(answer.join()).key()).isEqualTo(key);
			}
			else {
				assertThat(failure(answer)).isInstanceOf(BackendMisconfiguredException.class)
					.hasMessageContaining("grant");
			}
		});
	}

	@Test
	void forgottenScriptIsToldForEachQuestionAndRunOnce() {
		this.node.acquire(LockKey.of("first"));
		this.server.command("SCRIPT", "FLUSH");
		this.server.resetCommandCalls();
		askTogether().values().forEach((answer) -> TestNode.granted(answer.join()));
		assertThat(this.server.commandCalls()).containsEntry("set", 80L).containsKey("script|load");
	}

	@Test
	void scriptsAreForgottenAgainAndAgainUnderLoad() {
		for (int round = 0; round < 20; round++) {
			Map<LockKey, CompletableFuture<Attempt>> answers = ask(this.node, "round" + round, 200);
			this.server.command("SCRIPT", "FLUSH");
			answers.forEach((key, answer) -> {
				String owner = TestNode.granted(answer.join()).owner();
				assertThat(this.node.release(key, owner, false)).isEqualTo(Release.RELEASED);
			});
		}
	}

	@Test
	void questionThatWasNotSentInTimeIsNeverSent() {
		this.node.close();
		this.node = node(TestClients.config(this.server), Duration.ofMillis(500));
		Awaitility.await().ignoreExceptions().until(() -> this.node.acquire(LockKey.of("first")) != null);
		this.server.pause();
		Map<LockKey, CompletableFuture<Attempt>> answers = ask(this.node, "batch", 1000);
		answers.values().forEach(RedisBatchIntegrationTests::failure);
		this.server.resume();
		Awaitility.await()
			.ignoreExceptions()
			.until(() -> this.node.release(this.node.acquire(LockKey.of("again"))),
					(release) -> release == Release.RELEASED);
		int unsent = 0;
		for (Map.Entry<LockKey, CompletableFuture<Attempt>> answer : answers.entrySet()) {
			BackendUnavailableException failure = (BackendUnavailableException) failure(answer.getValue());
			if (!failure.isOutcomeUnknown()) {
				unsent++;
				assertThat(this.server.command("EXISTS", "dl:{" + answer.getKey() + "}:lock")).isEqualTo(0L);
			}
		}
		assertThat(unsent).isPositive();
	}

	@Test
	void cancelledQuestionOfABatchHoldsUpNobody() {
		this.node.acquire(LockKey.of("first"));
		this.server.pause();
		Map<LockKey, CompletableFuture<Attempt>> first = ask(this.node, "first", Pace.OVERLAPPING);
		Map<LockKey, CompletableFuture<Attempt>> batch = ask(this.node, "batch", Lane.LONGEST_BATCH);
		first.values().forEach((answer) -> answer.cancel(true));
		batch.get(LockKey.of("batch", 7)).cancel(true);
		this.server.resume();
		batch.forEach((key, answer) -> {
			if (!"7".equals(key.key())) {
				TestNode.granted(answer.orTimeout(10, TimeUnit.SECONDS).join());
			}
		});
		ask(this.node, "after", 200).values().forEach((answer) -> TestNode.granted(answer.join()));
	}

	@Test
	void silentShardHoldsUpNoOtherShard() {
		try (RedisCluster cluster = RedisCluster.start()) {
			Config config = new Config().setNettyThreads(2).setThreads(2);
			config.useClusterServers().addNodeAddress(cluster.addresses()).setMasterConnectionMinimumIdleSize(1);
			try (TestNode clustered = node(config, Duration.ofSeconds(15))) {
				ask(clustered, "before", 300).values().forEach((answer) -> TestNode.granted(answer.join()));
				Awaitility.await()
					.until(() -> cluster.masters().stream().anyMatch(RedisBatchIntegrationTests::toldShards));
				ask(clustered, "told", 300).values().forEach((answer) -> TestNode.granted(answer.join()));
				List<LockKey> silenced = silence(cluster.masters().get(0), clustered);
				assertThat(silenced).isNotEmpty();
				cluster.masters().get(0).resume();
			}
		}
	}

	private static boolean toldShards(RedisProcess master) {
		return master.commandCalls().keySet().stream().anyMatch((command) -> command.startsWith("cluster|slots"));
	}

	/**
	 * Asks while one of three masters is silent; all but its own answers are there in
	 * time.
	 * @return what that one was asked
	 */
	private static List<LockKey> silence(RedisProcess master, TestNode node) {
		master.pause();
		Map<LockKey, CompletableFuture<Attempt>> answers = ask(node, "silent", 300);
		List<LockKey> silent = answers.keySet()
			.stream()
			.filter((key) -> HashSlot.of("{" + key + "}") <= HashSlot.COUNT / 3)
			.toList();
		answers.forEach((key, answer) -> {
			if (!silent.contains(key)) {
				TestNode.granted(answer.orTimeout(10, TimeUnit.SECONDS).join());
			}
		});
		assertThat(silent).allSatisfy((key) -> assertThat(answers.get(key)).isNotDone());
		return silent;
	}

}
