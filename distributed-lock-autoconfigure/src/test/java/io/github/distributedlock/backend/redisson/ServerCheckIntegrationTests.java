package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisCluster;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redisson.Redisson;
import org.redisson.config.Config;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that must not keep locks, or say too little of themselves.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerCheckIntegrationTests {

	private final List<RedisProcess> servers = new ArrayList<>();

	private final List<TestNode> nodes = new ArrayList<>();

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::close);
		this.servers.forEach(RedisProcess::close);
	}

	private RedisProcess launch(String... arguments) {
		RedisProcess server = RedisProcess.launch(arguments);
		this.servers.add(server);
		return server;
	}

	private TestNode node(RedisProcess server, String user, boolean allowEviction) {
		TestNode node = new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> {
			Config config = TestClients.config(server);
			if (!user.isEmpty()) {
				config.setUsername(user).setPassword("geheim");
			}
			return Redisson.create(config);
		}), "dl", Duration.ofSeconds(5), allowEviction));
		this.nodes.add(node);
		return node;
	}

	private Attempt ask(TestNode node) {
		return node.backend()
			.tryAcquire(LockKey.of("check", "" + System.nanoTime()), node.newOwner(), Duration.ofSeconds(30), 1, false)
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
	}

	private void assertRefused(TestNode node, String... texts) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> ask(node))
			.havingCause()
			.isInstanceOf(BackendMisconfiguredException.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(texts));
	}

	private void awaitGranted(TestNode node) {
		Awaitility.await().ignoreExceptions().until(() -> ask(node) instanceof Attempt.Granted);
	}

	@Test
	void evictionIsRefusedUntilItIsSwitchedOff(CapturedOutput output) {
		RedisProcess server = launch("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
		TestNode node = node(server, "", false);
		assertRefused(node, "volatile-ttl", "noeviction", "allow-eviction");
		assertRefused(node, "volatile-ttl");
		assertThat(output).containsOnlyOnce("Locks are unavailable");
		server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
		awaitGranted(node);
		assertThat((List<?>) server.command("PUBSUB", "CHANNELS", "dl:*")).hasSize(1);
	}

	@Test
	void serverThatTookOverAndMayEvictGetsNoNewLocksUntilItMayNot(CapturedOutput output) {
		RedisProcess server = launch();
		TestNode node = node(server, "", false);
		LockKey held = LockKey.of("held");
		Grant grant = node.acquire(held);
		server.restart("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
		Awaitility.await().untilAsserted(() -> assertRefused(node, "volatile-ttl", "noeviction", "allow-eviction"));
		assertThat(node.release(grant)).isEqualTo(Release.NOT_HELD);
		assertThat(output).containsOnlyOnce("No new locks until this is corrected");
		server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
		awaitGranted(node);
	}

	@Test
	void whatIsHeldIsReleasedWhereThereAreNoNewLocks() {
		RedisProcess server = launch("--maxmemory", "100mb");
		TestNode node = node(server, "", false);
		Grant grant = node.acquire(LockKey.of("held"));
		server.command("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
		server.command("CLIENT", "KILL", "TYPE", "normal");
		Awaitility.await().untilAsserted(() -> assertRefused(node, "volatile-ttl"));
		assertThat(node.release(grant)).isEqualTo(Release.RELEASED);
	}

	@Test
	void serverThatMustNotKeepLocksAndIsGoneIsAnOutage() {
		RedisProcess server = launch();
		TestNode node = node(server, "", false);
		awaitGranted(node);
		server.restart("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
		Awaitility.await().untilAsserted(() -> assertRefused(node, "volatile-ttl"));
		server.stop();
		Awaitility.await().until(() -> failure(node) instanceof BackendUnavailableException);
	}

	@Test
	void primaryThatIsDemotedIsAnOutageAndNoQuestionOfRights(CapturedOutput output) {
		RedisProcess server = launch();
		RedisProcess other = launch();
		TestNode node = node(server, "", false);
		awaitGranted(node);
		server.command("REPLICAOF", "127.0.0.1", "" + other.port());
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.during(Duration.ofSeconds(2))
			.until(() -> failure(node) instanceof BackendUnavailableException);
		server.command("REPLICAOF", "NO", "ONE");
		awaitGranted(node);
		assertThat(output).doesNotContain("lacks rights");
	}

	private @Nullable Throwable failure(TestNode node) {
		try {
			ask(node);
			return null;
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

	@Test
	void rightsThatTheServerThatTookOverDoesNotGrantAreNamed() {
		RedisProcess server = launch();
		TestNode node = node(server, "", false);
		node.acquire(LockKey.of("held"));
		server.restart();
		server.command("ACL", "SETUSER", "default", "-set", "-time");
		Awaitility.await().untilAsserted(() -> assertRefused(node, "ACL SETUSER <user> +time +set"));
		server.command("ACL", "SETUSER", "default", "+set", "+time");
		awaitGranted(node);
	}

	@Test
	void rightThatOneMasterOfAClusterDoesNotGrantIsNamedBeforeTheFirstLock() {
		try (RedisCluster cluster = RedisCluster.start()) {
			for (RedisProcess master : cluster.masters()) {
				master.command("ACL", "SETUSER", "default", "-pexpire");
				Config config = new Config().setNettyThreads(2).setThreads(2);
				config.useClusterServers()
					.addNodeAddress(cluster.addresses())
					.setMasterConnectionMinimumIdleSize(1)
					.setSubscriptionConnectionMinimumIdleSize(1);
				try (TestNode node = new TestNode(new RedissonLockBackend(
						RedissonClientSource.owned(() -> Redisson.create(config)), "dl", Duration.ofSeconds(5)))) {
					assertRefused(node, "ACL SETUSER <user> +pexpire");
				}
				master.command("ACL", "SETUSER", "default", "+pexpire");
			}
		}
	}

	@Test
	void evictionThatIsAcceptedIsNotMentioned(CapturedOutput output) {
		awaitGranted(node(launch("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"), "", true));
		assertThat(output).doesNotContain("evict");
	}

	@Test
	void evictionWithoutALimitOfMemoryIsWarnedAboutOnce(CapturedOutput output) {
		awaitGranted(node(launch("--maxmemory-policy", "allkeys-lru"), "", false));
		assertThat(output).containsOnlyOnce("Redis would evict locks if it had a maxmemory");
	}

	@Test
	void replicaIsRefusedUntilItIsThePrimary() {
		RedisProcess primary = launch();
		RedisProcess replica = launch("--replicaof", "127.0.0.1 " + primary.port());
		TestNode node = node(replica, "", false);
		assertRefused(node, "is a replica");
		replica.command("REPLICAOF", "NO", "ONE");
		awaitGranted(node);
	}

	@Test
	void userWithTheDocumentedRightsIsAllowedEverythingThatIsAskedFor(CapturedOutput output) throws IOException {
		RedisProcess server = launch();
		server.command(documentedRule());
		TestNode node = node(server, "locks", false);
		awaitGranted(node);
		assertThat(output).doesNotContain("lacks rights").doesNotContain("could not be found out");
		assertThat((List<?>) server.command("KEYS", "*ServerCheck*")).isEmpty();
	}

	@Test
	void rightsThatAreMissingAreNamedUntilTheyAreGranted() throws IOException {
		RedisProcess server = launch();
		server.command(documentedRule());
		server.command("ACL", "SETUSER", "locks", "-set", "-time", "-lpos");
		TestNode node = node(server, "locks", false);
		assertRefused(node, "ACL SETUSER <user> +time +set +lpos");
		server.command("ACL", "SETUSER", "locks", "+set", "+time");
		awaitGranted(node);
	}

	@Test
	void rightsThatOnlyWakingNeedsAreWarnedAbout(CapturedOutput output) throws IOException {
		RedisProcess server = launch();
		server.command(documentedRule());
		server.command("ACL", "SETUSER", "locks", "-publish", "-lpop");
		awaitGranted(node(server, "locks", false));
		assertThat(output).containsOnlyOnce("ACL SETUSER <user> +lpop +publish");
	}

	@Test
	void userWhoMayNotAskForTheEvictionIsWarnedAboutOnce(CapturedOutput output) throws IOException {
		RedisProcess server = launch("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
		server.command(documentedRule());
		server.command("ACL", "SETUSER", "locks", "-info");
		awaitGranted(node(server, "locks", false));
		assertThat(output).containsOnlyOnce("grant the Redis user +info");
	}

	/**
	 * Returns the rule that docs/redis.md shows, with the password of these tests.
	 */
	private static String[] documentedRule() throws IOException {
		String line = Files.readAllLines(Path.of("../docs/redis.md"))
			.stream()
			.filter((text) -> text.startsWith("ACL SETUSER"))
			.findFirst()
			.orElseThrow();
		return line.replace(">secret", ">geheim").split(" ");
	}

}
