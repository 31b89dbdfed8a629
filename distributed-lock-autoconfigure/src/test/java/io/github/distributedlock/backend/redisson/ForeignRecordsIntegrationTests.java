package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the scripts make of what others left in a server.
 */
class ForeignRecordsIntegrationTests extends RecordsUnderTest {

	@Test
	void tokensGoOnFromAFenceThatIsAheadOfTheClock() {
		long ahead = microseconds() + 1_000_000_000L;
		server.command("SET", this.fence, "" + ahead);
		TestNode node = node();
		assertThat(node.acquire(this.key, LEASE, 10).tokens()).isEqualTo(new Tokens(ahead + 1, 10));
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
	void foreignTextAtTheLockIsContention() {
		server.command("SET", this.lock, "somebody else's");
		Attempt.Contended contended = node().contended(this.key, true);
		assertThat(contended.holder()).isNull();
		assertThat(contended.retryAfter()).isEqualTo(Duration.ofSeconds(1));
		server.command("PEXPIRE", this.lock, "900");
		assertThat(node().contended(this.key, false).retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(901));
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

	private static void assertMisconfigured(CompletableFuture<?> answer, String advice) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> answer.orTimeout(10, TimeUnit.SECONDS).join())
			.havingCause()
			.isInstanceOf(BackendMisconfiguredException.class)
			.withMessageContaining(advice);
	}

}
