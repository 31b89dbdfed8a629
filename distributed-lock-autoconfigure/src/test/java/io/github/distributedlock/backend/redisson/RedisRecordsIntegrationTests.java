package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.backend.TestNode.Hint;
import io.github.distributedlock.backend.Tokens;
import io.github.distributedlock.test.redis.RedisConnection;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the scripts leave in a server, and what they make of what others left there.
 */
class RedisRecordsIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static RedisProcess server;

	private static RedissonClient client;

	private final List<TestNode> nodes = new ArrayList<>();

	private final LockKey key = LockKey.of("records", UUID.randomUUID());

	private final String lock = "dl:{" + this.key + "}:lock";

	private final String fence = "dl:{" + this.key + "}:fence";

	private final String queue = "dl:{" + this.key + "}:queue";

	@BeforeAll
	static void start() {
		server = RedisProcess.launch();
		client = TestClients.single(server);
	}

	@AfterAll
	static void stop() {
		client.shutdown();
		server.close();
	}

	@AfterEach
	void closeNodes() {
		this.nodes.forEach(TestNode::close);
	}

	private TestNode node() {
		TestNode node = new TestNode(
				new RedissonLockBackend(RedissonClientSource.existing(() -> client), "dl", Duration.ofSeconds(5)));
		this.nodes.add(node);
		return node;
	}

	@Test
	void uncontendedCycleIsTwoScriptCalls() {
		TestNode node = node();
		node.release(node.acquire(LockKey.of("warm")));
		server.resetCommandCalls();
		node.release(node.acquire(this.key));
		Map<String, Long> calls = server.commandCalls();
		assertThat(calls).containsEntry("evalsha", 2L).doesNotContainKeys("eval", "publish", "script|load");
		assertThat(calls.keySet()).isSubsetOf("evalsha", "get", "set", "time", "llen", "lpop", "del",
				"config|resetstat", "ping", "info", "auth");
	}

	@Test
	void recordsSayWhoHoldsTheLockAndEndByThemselves() {
		TestNode node = node();
		Grant grant = node.acquire(this.key, Duration.ofNanos(29_999_999_999L), 3);
		assertThat(server.command("GET", this.lock)).isEqualTo("h:" + grant.owner());
		assertThat((Long) server.command("PTTL", this.lock)).isBetween(29_000L, 30_000L);
		assertThat(server.command("GET", this.fence)).isEqualTo("" + (grant.tokens().first() + 2));
		assertThat((Long) server.command("PTTL", this.fence)).isGreaterThan(Duration.ofDays(6).toMillis());
		node().contended(this.key, true);
		assertThat((Long) server.command("PTTL", this.queue)).isBetween(50_000L, 60_000L);
		node.release(grant);
		assertThat((Long) server.command("PTTL", this.lock)).isBetween(1L, 1_000L);
	}

	@Test
	void releasedLockLeavesTheFenceOnly() {
		TestNode node = node();
		node.release(node.acquire(this.key));
		assertThat(server.command("EXISTS", this.lock, this.queue)).isEqualTo(0L);
		assertThat(server.command("EXISTS", this.fence)).isEqualTo(1L);
	}

	@Test
	void everyInterestedAttemptKeepsTheQueue() {
		TestNode waiting = node();
		node().acquire(this.key);
		waiting.contended(this.key, true);
		server.command("PEXPIRE", this.queue, "5000");
		waiting.contended(this.key, true);
		assertThat((Long) server.command("PTTL", this.queue)).isGreaterThan(50_000L);
	}

	@Test
	void handOverToANodeThatWaitsIsElevenCommands() {
		TestNode holder = node();
		TestNode next = node();
		Grant grant = holder.acquire(this.key);
		next.contended(this.key, true);
		node().contended(this.key, true);
		server.resetCommandCalls();
		holder.release(this.key, grant.owner(), true);
		next.acquire(this.key);
		Map<String, Long> calls = server.commandCalls();
		calls.keySet().retainAll(Set.of("get", "set", "time", "lpop", "lpos", "rpush", "publish", "llen", "lrem"));
		assertThat(calls).isEqualTo(Map.of("get", 3L, "set", 3L, "time", 1L, "lpop", 1L, "lpos", 1L, "rpush", 1L,
				"publish", 1L, "llen", 1L));
	}

	@Test
	void queueThatMovesFasterThanNodesAskIsKeptByThoseWhoAreGranted() {
		List<TestNode> nodes = List.of(node(), node(), node());
		Grant[] grant = { nodes.get(0).acquire(this.key) };
		nodes.get(1).contended(this.key, true);
		nodes.get(2).contended(this.key, true);
		server.command("PEXPIRE", this.queue, "25000");
		Iterator<TestNode> next = Stream.iterate(1, (n) -> (n + 1) % 3).map(nodes::get).iterator();
		TestNode[] holder = { nodes.get(0) };
		await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			holder[0].release(this.key, grant[0].owner(), true);
			holder[0] = next.next();
			grant[0] = holder[0].acquire(this.key);
			assertThat((Long) server.command("PTTL", this.queue)).isGreaterThan(50_000L);
		});
	}

	@Test
	void tokensFollowTheServersClockAndRiseWhenTheServerForgets() {
		TestNode node = node();
		long before = microseconds();
		Grant grant = node.acquire(this.key);
		assertThat(grant.tokens().first()).isBetween(before, microseconds());
		server.command("FLUSHALL");
		assertThat(node.renew(grant, LEASE, 1)).isEqualTo(new Renewal.Lost());
		Grant later = node.acquire(this.key);
		assertThat(later.tokens().first()).isGreaterThan(grant.tokens().first());
		assertThat(node.release(grant)).isEqualTo(Release.NOT_HELD);
	}

	@Test
	void tokensGoOnFromAFenceThatIsAheadOfTheClock() {
		long ahead = microseconds() + 1_000_000_000L;
		server.command("SET", this.fence, "" + ahead);
		TestNode node = node();
		assertThat(node.acquire(this.key, LEASE, 10).tokens()).isEqualTo(new Tokens(ahead + 1, 10));
	}

	@Test
	void topUpTakesTheNextTokensAndNeverTheClock() {
		TestNode node = node();
		Grant grant = node.acquire(this.key, LEASE, 2);
		long next = grant.tokens().first() + 2;
		assertThat(node.renew(grant, LEASE, 3)).isEqualTo(new Renewal.Renewed(new Tokens(next, 3), 0));
		assertThat(TestNode.granted(node.attempt(this.key, grant.owner(), LEASE, 4, false)).tokens())
			.isEqualTo(new Tokens(next + 3, 4));
		assertThat(server.command("GET", this.fence)).isEqualTo("" + (next + 6));
	}

	@Test
	void topUpWithoutItsFenceGivesNoTokens() {
		TestNode node = node();
		Grant grant = node.acquire(this.key);
		server.command("DEL", this.fence);
		assertThat(node.renew(grant, LEASE, 3)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 0));
		assertMisconfigured(node.backend().tryAcquire(this.key, grant.owner(), LEASE, 1, false), "noeviction");
		server.command("SADD", this.fence, "foreign");
		assertThat(node.renew(grant, LEASE, 3)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 0));
	}

	@Test
	void renewalOfALongLeaseKeepsAFenceThatWouldEnd() {
		TestNode node = node();
		Grant grant = node.acquire(this.key);
		server.command("PEXPIRE", this.fence, "5000");
		node.renew(grant, Duration.ofMinutes(2), 0);
		assertThat((Long) server.command("PTTL", this.fence)).isGreaterThan(Duration.ofDays(6).toMillis());
	}

	@Test
	void foreignTextAtTheLockIsContention() {
		server.command("SET", this.lock, "somebody else's");
		Attempt.Contended contended = node().contended(this.key, true);
		assertThat(contended.holder()).isNull();
		assertThat(contended.retryAfter()).isEqualTo(Duration.ofSeconds(1));
		server.command("PEXPIRE", this.lock, "400");
		assertThat(node().contended(this.key, false).retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(401));
		assertThat(server.command("GET", this.lock)).isEqualTo("somebody else's");
	}

	@Test
	void foreignTypeAtARecordIsMisconfigured() {
		TestNode node = node();
		server.command("SADD", this.lock, "foreign");
		assertMisconfigured(node.backend().tryAcquire(this.key, node.newOwner(), LEASE, 1, true), "namespace");
		assertMisconfigured(node.backend().release(this.key, node.newOwner(), true), "namespace");
		server.command("DEL", this.lock);
		for (String foreign : new String[] { "text", "-5", "9007199254740992" }) {
			server.command("SET", this.fence, foreign);
			assertMisconfigured(node.backend().tryAcquire(this.key, node.newOwner(), LEASE, 1, true), "fence");
			assertThat(server.command("EXISTS", this.lock)).isEqualTo(0L);
		}
	}

	@Test
	void foreignTypeAtTheQueueHindersNeitherGrantNorContentionNorRelease() {
		TestNode node = node();
		server.command("SET", this.queue, "foreign");
		Grant grant = node.acquire(this.key);
		node().contended(this.key, true);
		assertThat(node.renew(grant, LEASE, 0)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 0));
		assertThat(node.release(grant)).isEqualTo(Release.RELEASED);
		Grant again = node.acquire(this.key);
		assertThat(node.release(this.key, again.owner(), true)).isEqualTo(Release.RELEASED);
		assertThat(server.command("EXISTS", this.lock)).isEqualTo(0L);
	}

	@Test
	void nodeThatNobodyHearsForIsSkippedOnOneServer() {
		TestNode holder = node();
		TestNode next = node();
		Grant grant = holder.acquire(this.key);
		server.command("RPUSH", this.queue, "dead-1", "dead-2");
		next.contended(this.key, true);
		server.command("RPUSH", this.queue, "dead-3");
		holder.release(grant);
		assertThat(next.hint()).isEqualTo(new Hint(this.key, null));
		assertThat(holder.contended(this.key, false).holder()).isEqualTo(next.node());
		next.withdraw(this.key);
		assertThat(server.command("EXISTS", this.lock, this.queue)).isEqualTo(0L);
	}

	@Test
	void turnOfALockThatThisNodeCannotReadIsWithdrawn() {
		TestNode node = node();
		TestNode next = node();
		LockKey unreadable = LockKey.of("x".repeat(300), UUID.randomUUID());
		String tag = new RecordNames("dl").tag(unreadable);
		Grant grant = next.acquire(unreadable);
		next.backend().withdraw(LockKey.of("other")).join();
		node.backend().withdraw(LockKey.of("other")).join();
		server.command("RPUSH", "dl:{" + tag + "}:queue", node.node(), next.node());
		next.release(grant);
		assertThat(next.hint()).isEqualTo(new Hint(unreadable, null));
		assertThat(server.command("GET", "dl:{" + tag + "}:lock")).isEqualTo("r:" + next.node());
	}

	@Test
	void scriptsAreToldAgainToAServerThatForgotThem() {
		TestNode node = node();
		Grant grant = node.acquire(this.key);
		server.command("SCRIPT", "FLUSH");
		node.contended(this.key, true);
		server.command("SCRIPT", "FLUSH");
		assertThat(node.renew(grant, LEASE, 1)).isInstanceOf(Renewal.Renewed.class);
		server.command("SCRIPT", "FLUSH");
		node.withdraw(this.key);
		server.command("SCRIPT", "FLUSH");
		assertThat(node.release(grant)).isEqualTo(Release.RELEASED);
	}

	@Test
	void malformedMessagesDisturbNothing() {
		TestNode node = node();
		Grant grant = node.acquire(this.key);
		try (RedisConnection connection = server.connect()) {
			for (String message : new String[] { "", "g", "c", "\0", "g{x}", "c" + this.key, "x".repeat(10_000) }) {
				connection.command("PUBLISH", "dl:node:" + node.node(), message);
			}
			connection.command("PUBLISH", "dl:node:" + node.node(), "c" + this.key + " " + grant.owner());
		}
		assertThat(node.hint()).isEqualTo(new Hint(this.key, grant.owner()));
	}

	private static long microseconds() {
		List<?> time = (List<?>) server.command("TIME");
		return Long.parseLong("" + time.get(0)) * 1_000_000 + Long.parseLong("" + time.get(1));
	}

	private static void assertMisconfigured(CompletableFuture<?> answer, String advice) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> answer.orTimeout(10, TimeUnit.SECONDS).join())
			.havingCause()
			.isInstanceOf(BackendMisconfiguredException.class)
			.withMessageContaining(advice);
	}

}
