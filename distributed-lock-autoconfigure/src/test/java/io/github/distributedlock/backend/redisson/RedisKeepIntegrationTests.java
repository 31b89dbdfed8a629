package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.backend.Tokens;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Renewals of many locks in one call: a surprise at one of them is nobody else's.
 */
class RedisKeepIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Renewal KEPT = new Renewal.Renewed(Tokens.NONE, null);

	private RedisProcess server;

	private TestNode node;

	private TestNode other;

	private List<Grant> grants;

	@BeforeEach
	void start() {
		this.server = RedisProcess.launch();
		this.node = node();
		this.other = node();
		this.other.backend().connect().join();
		this.grants = IntStream.range(0, 40).mapToObj((i) -> this.node.acquire(LockKey.of("keep", i))).toList();
		this.server.resetCommandCalls();
	}

	@AfterEach
	void stop() {
		this.node.close();
		this.other.close();
		this.server.close();
	}

	private TestNode node() {
		return new TestNode(new RedissonLockBackend(
				RedissonClientSource.owned(() -> Redisson.create(TestClients.config(this.server))), "dl",
				Duration.ofSeconds(5)));
	}

	private static String lock(int i) {
		return "dl:{keep:" + i + "}:lock";
	}

	private List<CompletableFuture<Renewal>> renew(Duration lease) {
		return this.node.backend().renew(this.grants.stream().map((grant) -> renew(grant, lease, false)).toList());
	}

	private static Renew renew(Grant grant, Duration lease, boolean counting) {
		return new Renew(grant.key(), grant.owner(), lease, 0, counting);
	}

	private static Renewal renewal(CompletableFuture<Renewal> answer) {
		return answer.orTimeout(10, TimeUnit.SECONDS).join();
	}

	private void assertKept(List<CompletableFuture<Renewal>> answers, int except) {
		for (int i = 0; i < answers.size(); i++) {
			if (i != except) {
				assertThat(renewal(answers.get(i))).as(lock(i)).isEqualTo(KEPT);
				assertThat((Long) this.server.command("PTTL", lock(i))).as(lock(i)).isGreaterThan(55_000);
			}
		}
	}

	@Test
	void manyAreKeptWithOneCall() {
		assertKept(renew(Duration.ofMinutes(1)), -1);
		Map<String, Long> calls = this.server.commandCalls();
		assertThat(calls).containsEntry("evalsha", 1L)
			.containsEntry("mget", 1L)
			.containsEntry("pexpire", 40L)
			.doesNotContainKeys("get", "exists", "llen", "set");
	}

	@Test
	void recordIsNotShortened() {
		renew(Duration.ofMinutes(1)).forEach(RedisKeepIntegrationTests::renewal);
		assertKept(renew(LEASE), -1);
	}

	@Test
	void lostRecordIsLostAloneAndNotCreatedAgain() {
		this.server.command("DEL", lock(7));
		List<CompletableFuture<Renewal>> answers = renew(Duration.ofMinutes(1));
		assertKept(answers, 7);
		assertThat(renewal(answers.get(7))).isEqualTo(new Renewal.Lost());
		assertThat(this.server.command("EXISTS", lock(7))).isEqualTo(0L);
	}

	@Test
	void recordOfAnotherOwnerIsLostAloneAndNotExtended() {
		this.server.command("SET", lock(7), "h:" + this.other.newOwner(), "PX", "20000");
		List<CompletableFuture<Renewal>> answers = renew(Duration.ofMinutes(1));
		assertKept(answers, 7);
		assertThat(renewal(answers.get(7))).isEqualTo(new Renewal.Lost());
		assertThat((Long) this.server.command("PTTL", lock(7))).isLessThanOrEqualTo(20_000);
	}

	@Test
	void textThatLooksLikeTwoRecordsIsNone() {
		String next = "\nh:" + this.grants.get(8).owner();
		this.server.command("SET", lock(7), "h:" + this.grants.get(7).owner() + next, "PX", "20000");
		List<CompletableFuture<Renewal>> answers = renew(Duration.ofMinutes(1));
		assertKept(answers, 7);
		assertThat(renewal(answers.get(7))).isEqualTo(new Renewal.Lost());
	}

	@Test
	void foreignTypeFailsItsOwnRenewalOnly() {
		this.server.command("DEL", lock(7));
		this.server.command("RPUSH", lock(7), "foreign");
		List<CompletableFuture<Renewal>> answers = renew(Duration.ofMinutes(1));
		assertKept(answers, 7);
		assertThat(answers.get(7)).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(BackendMisconfiguredException.class);
	}

	@Test
	void nodeThatWaitsIsCountedForTheRenewalThatAsks() {
		this.other.contended(LockKey.of("keep", 7), true);
		this.other.contended(LockKey.of("keep", 8), true);
		List<CompletableFuture<Renewal>> answers = this.node.backend()
			.renew(this.grants.stream()
				.map((grant) -> renew(grant, Duration.ofMinutes(1), "7".equals(grant.key().key())))
				.toList());
		assertKept(answers, 7);
		assertThat(renewal(answers.get(7))).isEqualTo(new Renewal.Renewed(Tokens.NONE, 1));
		assertThat(this.server.commandCalls()).containsEntry("mget", 1L).containsEntry("llen", 1L);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 7 })
	void leasesOfTwoLengthsAreKeptInOneCall(int shorter) {
		List<CompletableFuture<Renewal>> answers = this.node.backend()
			.renew(this.grants.stream()
				.map((grant) -> renew(grant,
						Duration.ofSeconds((grant.key().key().equals(String.valueOf(shorter))) ? 40 : 60), false))
				.toList());
		assertKept(answers, shorter);
		assertThat(renewal(answers.get(shorter))).isEqualTo(KEPT);
		assertThat((Long) this.server.command("PTTL", lock(shorter))).isBetween(35_000L, 40_000L);
		assertThat(this.server.commandCalls()).containsEntry("evalsha", 1L)
			.containsEntry("mget", 1L)
			.containsEntry("get", 1L);
	}

	@Test
	void olderRightsKeepAllOneByOne() {
		this.server.command("ACL", "SETUSER", "default", "-mget");
		List<CompletableFuture<Renewal>> answers = renew(Duration.ofMinutes(1));
		answers.forEach((answer) -> assertThat(renewal(answer)).isEqualTo(KEPT));
		assertKept(answers, -1);
	}

}
