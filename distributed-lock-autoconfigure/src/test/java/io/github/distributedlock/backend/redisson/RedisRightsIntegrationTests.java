package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that refuse some of what the scripts do.
 */
class RedisRightsIntegrationTests {

	private static final String[] ADVISED = { "+@connection", "+@scripting", "+@read", "+@write", "+@pubsub", "+time",
			"~dl:*", "&dl:*" };

	private static final Duration LEASE = Duration.ofSeconds(30);

	private final LockKey key = LockKey.of("rights");

	@RegisterExtension
	private final OneServer one = new OneServer();

	private final RedisProcess server = this.one.server();

	private TestNode node() {
		return node("default", null);
	}

	private TestNode node(String user, @Nullable String password) {
		return this.one.node(RedissonClientSource.owned(() -> {
			Config config = TestClients.config(this.server);
			if (password != null) {
				config.setUsername(user).setPassword(password);
			}
			return Redisson.create(config);
		}), Duration.ofSeconds(5));
	}

	private void user(String name, String... rules) {
		List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", name, "reset", "on", ">geheim"));
		command.addAll(List.of(rules));
		this.server.command(command.toArray(String[]::new));
	}

	@Test
	void advisedRightsAreEnough() {
		user("app", ADVISED);
		TestNode holder = node("app", "geheim");
		TestNode next = node("app", "geheim");
		Grant grant = holder.acquire(this.key);
		next.contended(this.key, true);
		assertThat(holder.hint().wantedFrom()).isEqualTo(grant.owner());
		assertThat(holder.renew(grant, LEASE, 1)).isInstanceOf(Renewal.Renewed.class);
		holder.release(this.key, grant.owner(), true);
		assertThat(next.hint().key()).isEqualTo(this.key);
		next.release(next.acquire(this.key));
		holder.withdraw(this.key);
	}

	@Test
	void userWithoutChannelsLocksAndPassesOnWithoutHints() {
		user("app", ADVISED);
		user("silent", ADVISED);
		this.server.command("ACL", "SETUSER", "silent", "resetchannels");
		TestNode holder = node("silent", "geheim");
		TestNode next = node("app", "geheim");
		Grant grant = holder.acquire(this.key);
		next.contended(this.key, true);
		assertThat(holder.contended(this.key, true).holder()).isEqualTo(grant.owner());
		assertThat(holder.release(this.key, grant.owner(), true)).isEqualTo(Release.RELEASED);
		assertThat(this.server.command("GET", "dl:{rights}:lock")).isEqualTo("r:" + next.node());
		Grant nexts = next.acquire(this.key);
		assertThat(nexts.waitingNodes()).isEqualTo(1);
		assertThat(next.release(nexts)).isEqualTo(Release.RELEASED);
		holder.acquire(this.key);
	}

	@Test
	void wrongPasswordIsMisconfigured() {
		user("app", ADVISED);
		TestNode node = node("app", "wrong-secret");
		assertMisconfigured(node.backend().tryAcquire(this.key, node.newOwner(), LEASE, 1, false), "password");
	}

	@Test
	void missingPasswordIsMisconfigured() {
		this.server.command("CONFIG", "SET", "requirepass", "geheim");
		TestNode node = node();
		assertMisconfigured(node.backend().tryAcquire(this.key, node.newOwner(), LEASE, 1, false), "password");
	}

	@Test
	void missingRightsToKeysOrCommandsAreMisconfiguredAndLeaveNothingHeld() {
		List<String> refusals = List.of("resetkeys", "-evalsha", "-time", "-get", "-set", "-@scripting");
		for (String refusal : refusals) {
			user("app", ADVISED);
			this.server.command("ACL", "SETUSER", "app", refusal);
			TestNode node = node("app", "geheim");
			assertMisconfigured(node.backend().tryAcquire(this.key, node.newOwner(), LEASE, 1, false), "grant");
			assertThat(this.server.command("EXISTS", "dl:{rights}:lock")).as(refusal).isEqualTo(0L);
		}
	}

	@Test
	void missingRightsToListsNeverHinderGrantContentionOrRelease() {
		user("app", ADVISED);
		this.server.command("ACL", "SETUSER", "app", "-@list");
		TestNode node = node("app", "geheim");
		Grant grant = node.acquire(this.key);
		node.contended(this.key, true);
		assertThat(node.renew(grant, LEASE, 1)).isInstanceOf(Renewal.Renewed.class);
		assertThat(node.release(this.key, grant.owner(), true)).isEqualTo(Release.RELEASED);
		node.release(node.acquire(this.key));
		assertThat(this.server.command("EXISTS", "dl:{rights}:lock")).isEqualTo(0L);
	}

	@Test
	void fullServerAnswersContendedRenewsAndReleasesButGrantsNothing() {
		TestNode holder = node();
		TestNode waiting = node();
		Grant grant = holder.acquire(this.key);
		waiting.contended(LockKey.of("rights"), false);
		this.server.command("CONFIG", "SET", "maxmemory", "1");
		assertThat(waiting.contended(this.key, true).holder()).isEqualTo(grant.owner());
		assertUnavailable(waiting.backend().tryAcquire(LockKey.of("free"), waiting.newOwner(), LEASE, 1, true), false);
		assertThat(holder.renew(grant, Duration.ofMinutes(1), 1)).isInstanceOf(Renewal.Renewed.class);
		assertThat(holder.release(this.key, grant.owner(), true)).isEqualTo(Release.RELEASED);
		this.server.command("CONFIG", "SET", "maxmemory", "0");
		assertThat(this.server.command("EXISTS", "dl:{free}:lock")).isEqualTo(0L);
	}

	@Test
	void readOnlyServerIsUnavailableAndDidNothing() {
		TestNode node = node();
		Grant grant = node.acquire(this.key);
		this.server.command("REPLICAOF", "127.0.0.1", "1");
		assertUnavailable(node.backend().release(this.key, grant.owner(), false), false);
		assertUnavailable(node.backend().tryAcquire(LockKey.of("free"), node.newOwner(), LEASE, 1, true), false);
	}

	static void assertUnavailable(CompletableFuture<?> answer, boolean outcomeUnknown) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> answer.orTimeout(10, TimeUnit.SECONDS).join())
			.havingCause()
			.isInstanceOfSatisfying(BackendUnavailableException.class,
					(failure) -> assertThat(failure.isOutcomeUnknown()).as("" + failure).isEqualTo(outcomeUnknown));
	}

	private static void assertMisconfigured(CompletableFuture<?> answer, String advice) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> answer.orTimeout(10, TimeUnit.SECONDS).join())
			.havingCause()
			.isInstanceOf(BackendMisconfiguredException.class)
			.withMessageContaining(advice)
			.withMessageNotContaining("geheim")
			.withMessageNotContaining("wrong-secret");
	}

}
