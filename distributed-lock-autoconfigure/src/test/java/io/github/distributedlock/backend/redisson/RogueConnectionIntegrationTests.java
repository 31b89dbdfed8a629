package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that are no replies, connections that are made through somebody who lies, and
 * messages that nobody sent. Every question ends within its time, nothing is granted
 * unless a whole reply says so, and when the lies end there are locks again.
 */
class RogueConnectionIntegrationTests {

	private static final int ROUNDS = Math.max(12, Integer.getInteger("distributed-lock.test.replies", 0) / 2000);

	private static final int NODES = 4;

	private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(300);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern CONTENTION = Pattern.compile("0 (-1|0|[1-9]\\d{0,18}) .*", Pattern.DOTALL);

	private static RedisProcess server;

	@BeforeAll
	static void start() {
		server = RedisProcess.launch();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void bytesThatAreNoReplyGrantNothingAndHangNobody() throws Exception {
		together((number) -> {
			RogueReplies replies = new RogueReplies(HostileTexts.SEED + number);
			try (RogueProxy proxy = new RogueProxy(server.port(),
					(command, reply) -> (RogueProxy.LOCK_SCRIPT.equalsIgnoreCase(command)) ? replies.malformed(reply)
							: reply.bytes());
					TestNode node = connect(proxy)) {
				for (int i = 0; i < ROUNDS; i++) {
					lie(proxy, node, (key) -> assertNothingIsMadeUp(proxy, node, key));
				}
				awaitLock(node);
			}
		});
	}

	@Test
	void lengthsThatNoMemoryHoldsHangNobody() throws Exception {
		AtomicReference<String> length = new AtomicReference<>("");
		try (RogueProxy proxy = new RogueProxy(server.port(),
				(command, reply) -> (RogueProxy.LOCK_SCRIPT.equalsIgnoreCase(command))
						? (length.get() + "\r\n").getBytes(StandardCharsets.ISO_8859_1) : reply.bytes());
				TestNode node = connect(proxy)) {
			for (String huge : List.of("*2147483647", "$2147483647", "*9223372036854775807", "$9223372036854775807")) {
				length.set(huge);
				lie(proxy, node, (key) -> assertThat(ask(node, key)).as(huge).isNull());
			}
			awaitLock(node);
		}
	}

	@Test
	void liesWhileConnectingGrantNothingAndHangNobody() throws Exception {
		together((number) -> {
			for (int i = 0; i < Math.max(4, ROUNDS / 5); i++) {
				RogueReplies replies = new RogueReplies(HostileTexts.SEED + 100 * number + i);
				boolean broken = i % 2 == 0;
				try (RogueProxy proxy = new RogueProxy(server.port(),
						(command, reply) -> (broken) ? replies.malformed(reply) : replies.next(reply).bytes())) {
					proxy.turnRogue();
					try (TestNode node = connect(proxy)) {
						assertNothingIsMadeUp(proxy, node, LockKey.of("connecting" + number, i));
						Awaitility.await().atMost(PATIENCE).until(() -> proxy.changed() > 0);
						proxy.turnHonest();
						awaitLock(node);
					}
				}
			}
		});
	}

	@Test
	void messagesThatAreMadeUpTakeNothingDownAndHintsComeAgain() throws Exception {
		RogueReplies replies = new RogueReplies(HostileTexts.SEED);
		HostileTexts texts = new HostileTexts(HostileTexts.SEED);
		try (RogueProxy proxy = new RogueProxy(server.port(),
				(command, reply) -> (command != null) ? reply.bytes() : replies.next(reply).bytes());
				TestNode node = connect(proxy);
				TestNode helper = new TestNode(new RedissonLockBackend(
						RedissonClientSource.owned(() -> TestClients.single(server)), "dl", Duration.ofSeconds(2)))) {
			awaitLock(node);
			proxy.turnRogue();
			for (int i = 0; i < 50 * ROUNDS; i++) {
				server.command("PUBLISH", "dl:node:" + node.node(), pick(i) + texts.next(4));
			}
			Awaitility.await().atMost(PATIENCE).until(() -> proxy.changed() > 10 * ROUNDS);
			awaitLock(node);
			proxy.turnHonest();
			awaitLock(node);
			Awaitility.await()
				.atMost(PATIENCE)
				.ignoreExceptions()
				.untilAsserted(() -> assertHinted(node, helper, LockKey.of("after the lies", node.newOwner())));
		}
	}

	/**
	 * Fails if the node is not told of a release that it waits for, among all that it was
	 * told before.
	 */
	private static void assertHinted(TestNode node, TestNode helper, LockKey key) {
		Grant grant = helper.acquire(key);
		node.contended(key, true);
		helper.release(grant);
		TestNode.Hint turn = new TestNode.Hint(key, null);
		boolean told = false;
		while (!told) {
			told = node.hint().equals(turn);
		}
	}

	private static String pick(int number) {
		return List.of("g", "c", "", "x").get(number % 4);
	}

	/**
	 * Asks for new locks, each on a connection that was honest until then, until a reply
	 * was changed.
	 */
	private static void lie(RogueProxy proxy, TestNode node, Consumer<LockKey> question) {
		int before = proxy.changed();
		Awaitility.await().atMost(PATIENCE).until(() -> {
			awaitLock(node);
			proxy.turnRogue();
			question.accept(LockKey.of("lie", node.newOwner()));
			proxy.turnHonest();
			return proxy.changed() > before;
		});
	}

	private static void assertNothingIsMadeUp(RogueProxy proxy, TestNode node, LockKey key) {
		Attempt attempt = ask(node, key);
		if (attempt instanceof Attempt.Granted granted) {
			assertThat(proxy.said()).as("grant of " + key)
				.matches("1 " + granted.grant().tokens().first() + " 1 (0|[1-9]\\d*)");
		}
		else if (attempt != null) {
			assertThat(proxy.said()).as("holder of " + key).matches(CONTENTION);
		}
	}

	/**
	 * Returns the answer, or {@code null} if it was refused.
	 */
	private static @Nullable Attempt ask(TestNode node, LockKey key) {
		try {
			return node.backend()
				.tryAcquire(key, node.newOwner(), LEASE, 1, false)
				.orTimeout(COMMAND_TIMEOUT.toMillis() + 5000, TimeUnit.MILLISECONDS)
				.join();
		}
		catch (CompletionException ex) {
			assertThat(ex.getCause()).isInstanceOf(BackendException.class);
			return null;
		}
	}

	private static void awaitLock(TestNode node) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptions()
			.until(() -> node.acquire(LockKey.of("honest", node.newOwner())) != null);
	}

	private static TestNode connect(RogueProxy proxy) {
		return new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> {
			Config config = new Config().setNettyThreads(2).setThreads(2);
			config.useSingleServer()
				.setAddress(proxy.address())
				.setConnectTimeout(1000)
				.setTimeout(1000)
				.setSubscriptionTimeout(1000)
				.setConnectionMinimumIdleSize(1)
				.setConnectionPoolSize(1)
				.setSubscriptionConnectionMinimumIdleSize(1)
				.setSubscriptionConnectionPoolSize(1)
				.setPingConnectionInterval(500)
				.setRetryAttempts(0);
			return Redisson.create(config);
		}), "dl", COMMAND_TIMEOUT));
	}

	private static void together(Task task) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(NODES);
		try {
			List<Callable<Void>> tasks = new ArrayList<>();
			IntStream.range(0, NODES).forEach((number) -> tasks.add(() -> {
				task.run(number);
				return null;
			}));
			for (Future<Void> done : threads.invokeAll(tasks)) {
				done.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private interface Task {

		void run(int number) throws IOException;

	}

}
