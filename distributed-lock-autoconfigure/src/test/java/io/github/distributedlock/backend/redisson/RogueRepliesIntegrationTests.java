package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * A server, or something in between, that answers lock scripts with whatever it likes.
 * Nothing is granted, renewed or released unless the reply says so in exactly the form
 * that the script has, every question ends within its time, and every refusal is of a
 * kind that the engine knows.
 */
class RogueRepliesIntegrationTests {

	private static final int REPLIES = Integer.getInteger("distributed-lock.test.replies", 12_000);

	private static final int NODES = 4;

	/** An answer that is lost is late by any time, a busy machine only by seconds. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final BigInteger LARGEST_TOKEN = BigInteger.ONE.shiftLeft(53);

	private static final Pattern GRANT = Pattern.compile("1 ([1-9]\\d*) ([1-9]\\d*) (0|[1-9]\\d*)");

	private static final Pattern RENEWAL = Pattern.compile("1 (0|[1-9]\\d*) (0|[1-9]\\d*) (0|[1-9]\\d*)");

	private static final Pattern CONTENTION = Pattern.compile("0 (-1|0|[1-9]\\d{0,18}) .*", Pattern.DOTALL);

	/** By which Redis says that it cannot serve now. */
	private static final Pattern NOT_NOW = Pattern.compile("(OOM|BUSY|NOSCRIPT|UNKILLABLE|MISCONF|NOREPLICAS)( .*)?");

	private final AtomicInteger changed = new AtomicInteger();

	private final Map<String, Integer> verdicts = new ConcurrentHashMap<>();

	private final Map<String, Integer> outages = new ConcurrentHashMap<>();

	@Test
	void nothingIsValidThatIsNotExactlyWhatTheScriptAnswersAndNothingHangs() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(NODES);
		try (RedisProcess server = RedisProcess.launch()) {
			List<Callable<Void>> nodes = IntStream.range(0, NODES).mapToObj((i) -> node(server, i)).toList();
			for (Future<Void> node : threads.invokeAll(nodes)) {
				node.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		System.out.println(REPLIES + " replies of seed " + HostileTexts.SEED + ": " + new TreeMap<>(this.verdicts));
		assertThat(this.changed).hasValueGreaterThanOrEqualTo(REPLIES);
		assertThat(this.outages).as("replies that passed for an outage").isEmpty();
		assertThat(this.verdicts)
			.containsKeys("Granted", "Contended", "Renewed", "Lost", "RELEASED", "NOT_HELD", "withdrawn")
			.allSatisfy((verdict, count) -> assertThat(count).as(verdict).isGreaterThan(REPLIES / 2000));
		assertThat(this.verdicts.get("BackendMisconfiguredException")).isGreaterThan(REPLIES / 2);
	}

	private Callable<Void> node(RedisProcess server, int number) {
		return () -> {
			RogueReplies replies = new RogueReplies(HostileTexts.SEED + number);
			try (RogueProxy proxy = new RogueProxy(server.port(), replies::next); TestNode node = connect(proxy)) {
				LockKey taken = LockKey.of("taken", number);
				AtomicInteger attempts = new AtomicInteger();
				Awaitility.await()
					.ignoreExceptions()
					.until(() -> node.acquire(LockKey.of("warm" + number, attempts.incrementAndGet())) != null);
				node.acquire(taken);
				proxy.turnRogue();
				for (int i = 0; proxy.changed() < REPLIES / NODES; i++) {
					ask(proxy, node, (i % 5 == 0) ? taken : LockKey.of("n" + number, i), 1 + i % 3);
				}
				this.changed.addAndGet(proxy.changed());
			}
			return null;
		};
	}

	private static TestNode connect(RogueProxy proxy) {
		Config config = new Config().setNettyThreads(2).setThreads(2);
		config.useSingleServer()
			.setAddress(proxy.address())
			.setTimeout((int) COMMAND_TIMEOUT.toMillis())
			.setConnectionMinimumIdleSize(1)
			.setConnectionPoolSize(1)
			.setSubscriptionConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionPoolSize(1)
			.setRetryAttempts(0);
		return new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> Redisson.create(config)), "dl",
				COMMAND_TIMEOUT));
	}

	private void ask(RogueProxy proxy, TestNode node, LockKey key, int tokens) {
		String owner = node.newOwner();
		Attempt attempt = answer(proxy, node.backend().tryAcquire(key, owner, LEASE, tokens, tokens == 3));
		String said = proxy.said();
		if (attempt instanceof Attempt.Granted granted) {
			assertGrant(said, GRANT, granted.grant().tokens().first(), tokens);
		}
		else if (attempt != null && !CONTENTION.matcher(said).matches()) {
			fail("contended by '" + said + "'");
		}
		int more = tokens - 1;
		Renewal renewal = answer(proxy,
				node.backend().renew(List.of(new Renew(key, owner, LEASE, more, false))).get(0));
		said = proxy.said();
		if (more == 0 && renewal instanceof Renewal.Renewed) {
			if (!said.equals("kept")) {
				fail("kept by '" + said + "'");
			}
		}
		else if (renewal instanceof Renewal.Renewed renewed) {
			assertGrant(said, RENEWAL, renewed.tokens().first(), more);
		}
		else if (renewal != null && !said.equals("0")) {
			fail("lost by '" + said + "'");
		}
		if (answer(proxy, node.backend().release(key, owner, false)) != null && !proxy.said().matches("[01]")) {
			fail("released by '" + proxy.said() + "'");
		}
		if (answer(proxy, node.backend().withdraw(key).thenApply((nothing) -> "withdrawn")) != null
				&& !proxy.said().equals("1")) {
			fail("withdrawn by '" + proxy.said() + "'");
		}
	}

	private static void assertGrant(String said, Pattern form, long first, int most) {
		Matcher matcher = form.matcher(said);
		if (!matcher.matches()) {
			fail("granted by '" + said + "'");
		}
		BigInteger token = new BigInteger(matcher.group(1));
		BigInteger count = new BigInteger(matcher.group(2));
		boolean possible = count.compareTo(BigInteger.valueOf(most)) <= 0
				&& (token.signum() == 0) == (count.signum() == 0) && token.longValue() == first
				&& token.add(count).compareTo(LARGEST_TOKEN.add(BigInteger.ONE)) <= 0
				&& new BigInteger(matcher.group(3)).bitLength() < 32;
		if (!possible) {
			fail("granted by '" + said + "'");
		}
	}

	private static boolean isNotNow(RogueProxy proxy) {
		RespReply last = proxy.last();
		return last != null && last.type() == '-' && NOT_NOW.matcher(last.said()).matches();
	}

	/**
	 * Returns the answer, or {@code null} if it was refused.
	 */
	private <T> @Nullable T answer(RogueProxy proxy, CompletableFuture<T> question) {
		try {
			T answer = question.orTimeout(COMMAND_TIMEOUT.toMillis() + 5000, TimeUnit.MILLISECONDS).join();
			count((answer instanceof Enum<?> || answer instanceof String) ? answer.toString()
					: answer.getClass().getSimpleName());
			return answer;
		}
		catch (CompletionException ex) {
			assertThat(ex.getCause()).isInstanceOf(BackendException.class);
			boolean outage = ex.getCause() instanceof BackendUnavailableException;
			if (outage && !isNotNow(proxy)) {
				this.outages.merge(ex.getCause().getMessage() + " after " + proxy.last(), 1, Integer::sum);
			}
			count(ex.getCause().getClass().getSimpleName());
			return null;
		}
	}

	private void count(String verdict) {
		this.verdicts.merge(verdict, 1, Integer::sum);
	}

}
