package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisCluster;
import io.github.distributedlock.test.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks of hostile names at real servers: all are held at the same time, so that two that
 * shared a record would be seen.
 */
class HostileKeysIntegrationTests {

	private static final int KEYS = 10_000;

	private static final int AT_A_TIME = 200;

	private static final Duration LEASE = Duration.ofMinutes(5);

	@Test
	void tenThousandHostileKeysAreHeldApart() {
		try (RedisServer server = RedisServer.start();
				TestNode node = node(TestClients.config(server));
				TestNode other = node(TestClients.config(server))) {
			List<LockKey> keys = keys(KEYS);
			holdAllAndReleaseThem(keys.subList(0, 1), node, other);
			String scripts = cachedScripts(server);
			holdAllAndReleaseThem(keys, node, other);
			assertThat(cachedScripts(server)).isEqualTo(scripts);
			assertThat((List<?>) server.command("KEYS", "*:lock")).isEmpty();
			assertThat((List<?>) server.command("KEYS", "*")).hasSize(keys.size())
				.allSatisfy((record) -> assertThat(record).asString().startsWith("dl:{").endsWith("}:fence"))
				.allSatisfy((record) -> assertThat(record).asString().hasSizeLessThan(410));
		}
	}

	@Test
	void hostileKeysAreHeldApartInACluster() {
		try (RedisCluster cluster = RedisCluster.start();
				TestNode node = node(cluster(cluster));
				TestNode other = node(cluster(cluster))) {
			holdAllAndReleaseThem(keys(1000), node, other);
		}
	}

	@Test
	void hintsNameTheHostileKey() {
		try (RedisServer server = RedisServer.start();
				TestNode node = node(TestClients.config(server));
				TestNode other = node(TestClients.config(server))) {
			node.release(node.acquire(LockKey.of("first")));
			for (LockKey key : keys(200)) {
				Grant grant = node.acquire(key);
				other.contended(key, true);
				assertThat(node.hint()).isEqualTo(new TestNode.Hint(key, grant.owner()));
				node.release(grant);
				assertThat(other.hint()).isEqualTo(new TestNode.Hint(key, null));
				other.withdraw(key);
			}
		}
	}

	private static void holdAllAndReleaseThem(List<LockKey> keys, TestNode node, TestNode other) {
		List<Grant> grants = each(keys,
				(key) -> node.backend().tryAcquire(key, node.newOwner(), LEASE, 2, false).thenApply(TestNode::granted));
		each(keys,
				(key) -> other.backend()
					.tryAcquire(key, other.newOwner(), LEASE, 1, false)
					.thenAccept((attempt) -> assertThat(attempt).isInstanceOf(Attempt.Contended.class)));
		each(grants,
				(grant) -> node.backend()
					.renew(List.of(new Renew(grant.key(), grant.owner(), LEASE, 1, false)))
					.get(0)
					.thenAccept((renewal) -> assertThat(renewal).isInstanceOf(Renewal.Renewed.class)));
		each(grants,
				(grant) -> node.backend()
					.release(grant.key(), grant.owner(), false)
					.thenAccept((release) -> assertThat(release).isEqualTo(Release.RELEASED)));
	}

	private static <T, R> List<R> each(List<T> all, Function<T, CompletableFuture<R>> ask) {
		List<R> answers = new ArrayList<>();
		for (int from = 0; from < all.size(); from += AT_A_TIME) {
			List<CompletableFuture<R>> asked = all.subList(from, Math.min(from + AT_A_TIME, all.size()))
				.stream()
				.map(ask)
				.toList();
			asked.forEach((answer) -> answers.add(answer.orTimeout(10, TimeUnit.SECONDS).join()));
		}
		return answers;
	}

	private static String cachedScripts(RedisServer server) {
		return String.valueOf(server.command("INFO", "memory"))
			.lines()
			.filter((line) -> line.startsWith("number_of_cached_scripts:"))
			.findFirst()
			.orElseThrow();
	}

	private static List<LockKey> keys(int count) {
		HostileTexts texts = new HostileTexts(HostileTexts.SEED + count);
		Set<LockKey> keys = new LinkedHashSet<>();
		IntStream.range(0, 4).forEach((i) -> keys.add(LockKey.of("megabyte", "{".repeat(1_048_576 + i))));
		while (keys.size() < count) {
			keys.add(texts.key());
		}
		return List.copyOf(keys);
	}

	private static TestNode node(Config config) {
		return new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> Redisson.create(config)), "dl",
				Duration.ofSeconds(5)));
	}

	private static Config cluster(RedisCluster cluster) {
		Config config = new Config().setNettyThreads(2).setThreads(2);
		config.useClusterServers().addNodeAddress(cluster.addresses()).setRetryAttempts(0);
		return config;
	}

}
