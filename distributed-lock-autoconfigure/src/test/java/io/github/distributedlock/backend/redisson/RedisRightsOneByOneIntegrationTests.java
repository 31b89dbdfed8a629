package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.CapturedLog;
import io.github.distributedlock.test.redis.MinimalRights;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.Redisson;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each of the advised rights is taken away alone, and what is said names it.
 */
class RedisRightsOneByOneIntegrationTests {

	private static RedisProcess server;

	@BeforeAll
	static void start() {
		server = RedisProcess.launch();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	/**
	 * Without a name a connection works, a channel is left only at the end, and a refused
	 * subscription is known by its time-out.
	 */
	static List<String> rights() {
		return Stream.of(MinimalRights.ADVISED.split(" "))
			.filter((right) -> right.startsWith("+"))
			.filter((right) -> !List.of("+client|setname", "+subscribe", "+unsubscribe").contains(right))
			.toList();
	}

	/** What Redisson and the first script call need is missed by that call. */
	private static final List<String> NAMED_BY_THE_FIRST_CALL = List.of("+evalsha", "+script|load");

	@ParameterizedTest
	@MethodSource("rights")
	void missingRightIsNamedAtTheMomentAtWhichItIsMissed(String right) {
		takeAway(right);
		try (CapturedLog log = new CapturedLog(); TestNode node = node()) {
			node.backend().connect().join();
			boolean byConnection = names(log, right);
			assertThat(byConnection).as("named when the connection is made")
				.isEqualTo(!NAMED_BY_THE_FIRST_CALL.contains(right));
			if (!byConnection) {
				LockKey key = LockKey.of("without", right.substring(1));
				assertThat(answer(node.backend().tryAcquire(key, node.newOwner(), Duration.ofSeconds(30), 1, true)))
					.matches((message) -> names(message, right), "named by the first call");
			}
		}
	}

	private static boolean names(CapturedLog log, String right) {
		return log.entries()
			.stream()
			.anyMatch((entry) -> entry.level().equals("WARN") && names(entry.message(), right));
	}

	private static boolean names(String message, String right) {
		return message.matches("(?s).*(\\+|')" + Pattern.quote(right.substring(1)) + "\\b.*");
	}

	private static void takeAway(String right) {
		List<String> rules = new ArrayList<>(List.of("ACL", "SETUSER", "without", "reset", "on", ">geheim"));
		Stream.of(MinimalRights.ADVISED.split(" ")).filter((rule) -> !rule.equals(right)).forEach(rules::add);
		server.command(rules.toArray(String[]::new));
		server.command("SCRIPT", "FLUSH");
	}

	private static TestNode node() {
		Config config = TestClients.config(server);
		config.setUsername("without").setPassword("geheim");
		return new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> Redisson.create(config)), "dl",
				Duration.ofSeconds(2)));
	}

	private static String answer(CompletableFuture<?> question) {
		try {
			return question.orTimeout(10, TimeUnit.SECONDS).join().getClass().getSimpleName();
		}
		catch (CompletionException ex) {
			return (ex.getCause() instanceof BackendException refused) ? refused.getMessage() : ex.toString();
		}
	}

}
