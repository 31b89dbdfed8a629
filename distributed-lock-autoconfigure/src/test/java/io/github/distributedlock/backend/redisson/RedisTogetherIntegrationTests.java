package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many acquisitions and releases in one call: few commands for all that are as they
 * mostly are, and the right answer for each that is not. The locks 0 to 19 are free, and
 * 20 to 39 are held by the node that asks.
 */
class RedisTogetherIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final int FREE = 20;

	private static final int ALL = 40;

	private RedisProcess server;

	private TestNode node;

	private TestNode other;

	private List<Grant> held;

	private final List<CompletableFuture<Attempt>> attempts = new ArrayList<>();

	private final List<CompletableFuture<Release>> releases = new ArrayList<>();

	@BeforeEach
	void start() {
		this.server = RedisProcess.launch();
		this.node = node();
		this.other = node();
		this.other.backend().connect().join();
		IntStream.range(0, FREE).forEach((i) -> this.node.release(this.node.acquire(key(i))));
		this.held = IntStream.range(FREE, ALL).mapToObj((i) -> this.node.acquire(key(i))).toList();
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

	private static LockKey key(int i) {
		return LockKey.of("together", i);
	}

	private static String record(int i, String kind) {
		return "dl:{together:" + i + "}:" + kind;
	}

	private void fillTheLane() {
		this.server.pause();
		for (int i = 0; i < Pace.OVERLAPPING; i++) {
			this.node.backend().withdraw(LockKey.of("before", i));
		}
	}

	/**
	 * Asks for the first locks and releases the others, with one call behind those that
	 * fill the lane.
	 */
	private void ask(int tokens) {
		fillTheLane();
		for (int i = 0; i < FREE; i++) {
			this.attempts.add(this.node.backend().tryAcquire(key(i), this.node.newOwner(), LEASE, tokens, true));
			Grant grant = this.held.get(i);
			this.releases.add(this.node.backend().release(grant.key(), grant.owner(), false));
		}
		this.server.resume();
	}

	private static <T> T answer(CompletableFuture<T> question) {
		return question.orTimeout(10, TimeUnit.SECONDS).join();
	}

	private void assertGranted(int except) {
		for (int i = 0; i < FREE; i++) {
			if (i != except) {
				Grant grant = TestNode.granted(answer(this.attempts.get(i)));
				assertThat(this.server.command("GET", record(i, "lock"))).isEqualTo("h:" + grant.owner());
				assertThat((Long) this.server.command("PTTL", record(i, "lock"))).isBetween(20_000L, 30_000L);
				assertThat(this.server.command("GET", record(i, "fence")))
					.isEqualTo(String.valueOf(grant.tokens().first() + grant.tokens().count() - 1));
				assertThat((Long) this.server.command("PTTL", record(i, "fence"))).isGreaterThan(600_000_000L);
			}
		}
	}

	private void assertReleased(int except) {
		for (int i = FREE; i < ALL; i++) {
			if (i != except) {
				assertThat(answer(this.releases.get(i - FREE))).as(key(i).toString()).isEqualTo(Release.RELEASED);
				assertThat(this.server.command("EXISTS", record(i, "lock"))).isEqualTo(0L);
			}
		}
	}

	private static Consumer<Throwable> misconfigured(String text) {
		return (failure) -> assertThat(failure).hasCauseInstanceOf(BackendMisconfiguredException.class)
			.hasMessageContaining(text);
	}

	private void assertRefused(int i, String text) {
		assertThat(this.attempts.get(i)).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.satisfies(misconfigured(text));
	}

	@Test
	void locksThatAreFreeOrHeldTakeFewCommands() {
		ask(1);
		this.attempts.forEach(RedisTogetherIntegrationTests::answer);
		this.releases.forEach(RedisTogetherIntegrationTests::answer);
		Map<String, Long> calls = this.server.commandCalls();
		assertGranted(-1);
		assertReleased(-1);
		assertThat(calls).containsEntry("evalsha", Pace.OVERLAPPING + 1L)
			.containsEntry("mget", 1L)
			.containsEntry("exists", 1L)
			.containsEntry("del", 1L)
			.containsEntry("set", 2L * FREE)
			.doesNotContainKeys("llen", "lpop");
	}

	@Test
	void lockThatWasNeverAskedForIsGranted() {
		this.server.command("DEL", record(7, "fence"));
		ask(1);
		assertGranted(-1);
		assertReleased(-1);
	}

	@Test
	void severalTokensAreReserved() {
		ask(5);
		assertGranted(-1);
		assertThat(TestNode.granted(answer(this.attempts.get(3))).tokens().count()).isEqualTo(5);
	}

	@Test
	void tokensGoOnWhereTheFenceIsAheadOfTheClock() {
		this.server.command("SET", record(7, "fence"), "5000000000000000");
		ask(3);
		assertGranted(-1);
		assertThat(TestNode.granted(answer(this.attempts.get(7))).tokens().first()).isEqualTo(5_000_000_000_000_001L);
	}

	@Test
	void lockOfAnotherNodeIsContendedAloneAndThisNodeWaits() {
		Grant grant = this.other.acquire(key(7));
		ask(1);
		assertGranted(7);
		assertReleased(-1);
		assertThat(answer(this.attempts.get(7))).isInstanceOf(Attempt.Contended.class);
		assertThat(this.server.command("LRANGE", record(7, "queue"), "0", "-1")).isEqualTo(List.of(this.node.node()));
		assertThat(this.other.hint()).isEqualTo(new TestNode.Hint(key(7), grant.owner()));
	}

	@Test
	void lockThatAnotherNodeWaitsForIsPassedOnToIt() {
		this.other.contended(key(27), true);
		ask(1);
		assertGranted(-1);
		assertReleased(27);
		assertThat(answer(this.releases.get(7))).isEqualTo(Release.RELEASED);
		assertThat(this.server.command("GET", record(27, "lock"))).isEqualTo("r:" + this.other.node());
	}

	@Test
	void nodesThatWaitForAFreeLockAreCounted() {
		this.server.command("RPUSH", record(7, "queue"), "another");
		ask(1);
		assertGranted(-1);
		assertReleased(-1);
		assertThat(TestNode.granted(answer(this.attempts.get(7))).waitingNodes()).isEqualTo(1);
		assertThat(TestNode.granted(answer(this.attempts.get(8))).waitingNodes()).isZero();
	}

	@Test
	void recordOfAnotherOwnerIsNotHeldAndStays() {
		this.server.command("SET", record(27, "lock"), "h:another#1", "PX", "20000");
		ask(1);
		assertGranted(-1);
		assertReleased(27);
		assertThat(answer(this.releases.get(7))).isEqualTo(Release.NOT_HELD);
		assertThat(this.server.command("GET", record(27, "lock"))).isEqualTo("h:another#1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lock", "fence" })
	void foreignTypeFailsItsOwnQuestionOnlyAndStays(String kind) {
		this.server.command("DEL", record(7, kind));
		this.server.command("RPUSH", record(7, kind), "foreign");
		ask(1);
		assertGranted(7);
		assertReleased(-1);
		assertRefused(7, "WRONGTYPE");
		assertThat(this.server.command("LRANGE", record(7, kind), "0", "-1")).isEqualTo(List.of("foreign"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "1.5", "-3", "9007199254740992" })
	void fenceThatHoldsNoTokenFailsItsOwnQuestionOnlyAndStays(String fence) {
		this.server.command("SET", record(7, "fence"), fence);
		ask(1);
		assertGranted(7);
		assertReleased(-1);
		assertRefused(7, "fence");
		assertThat(this.server.command("GET", record(7, "fence"))).isEqualTo(fence);
		assertThat(this.server.command("EXISTS", record(7, "lock"))).isEqualTo(0L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mget", "exists" })
	void requestsAreAnsweredWithoutTheRightToAskTogether(String command) {
		this.server.command("ACL", "SETUSER", "default", "-" + command);
		ask(1);
		this.server.command("ACL", "SETUSER", "default", "+" + command);
		assertGranted(-1);
		assertReleased(-1);
	}

	@Test
	void leasesOfTwoLengthsAreGrantedInOneCall() {
		fillTheLane();
		List<CompletableFuture<Attempt>> asked = IntStream.range(0, FREE)
			.mapToObj((i) -> this.node.backend()
				.tryAcquire(key(i), this.node.newOwner(), Duration.ofSeconds((i % 3 == 0) ? 60 : 30), 1, true))
			.toList();
		this.server.resume();
		for (int i = 0; i < FREE; i++) {
			assertThat(TestNode.granted(answer(asked.get(i))).key()).isEqualTo(key(i));
			assertThat((Long) this.server.command("PTTL", record(i, "lock")))
				.isBetween((i % 3 == 0) ? 50_000L : 20_000L, (i % 3 == 0) ? 60_000L : 30_000L);
		}
		assertThat(this.server.commandCalls()).containsEntry("evalsha", Pace.OVERLAPPING + 1L);
	}

}
