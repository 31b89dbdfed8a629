package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.backend.Tokens;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the scripts leave in a server.
 */
class RedisRecordsIntegrationTests extends RecordsUnderTest {

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
	void renewalOfALongLeaseKeepsAFenceThatWouldEnd() {
		TestNode node = node();
		Grant grant = node.acquire(this.key);
		server.command("PEXPIRE", this.fence, "5000");
		node.renew(grant, Duration.ofMinutes(2), 0);
		assertThat((Long) server.command("PTTL", this.fence)).isGreaterThan(Duration.ofDays(6).toMillis());
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

}
