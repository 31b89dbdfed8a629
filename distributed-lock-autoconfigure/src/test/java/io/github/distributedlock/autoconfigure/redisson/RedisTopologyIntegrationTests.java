package io.github.distributedlock.autoconfigure.redisson;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.test.redis.RedisCluster;
import io.github.distributedlock.test.redis.RedisProcess;
import io.github.distributedlock.test.redis.RedisSentinel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisTopologyIntegrationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class, RedissonLockBackendAutoConfiguration.class));

	@Test
	void locksFollowThePrimaryThatSentinelNames() {
		try (RedisProcess first = primary();
				RedisProcess second = replicaOf(first);
				RedisSentinel sentinel = RedisSentinel.launch("locks", first, 1)) {
			this.runner
				.withPropertyValues("spring.data.redis.sentinel.master=locks",
						"spring.data.redis.sentinel.nodes=" + sentinel.node(), "spring.data.redis.database=1")
				.run((context) -> {
					LockBackend backend = context.getBean(LockBackend.class);
					Locks.awaitKept(backend);
					assertThat(clients(first)).contains("name=distributed-lock").contains("db=1");
					sentinel.failOver();
					awaitRole(second, "master");
					first.stop();
					Locks.awaitKept(backend);
					assertThat(clients(second)).contains("name=distributed-lock");
				});
		}
	}

	@Test
	void sentinelAndServerHaveTheirOwnLogins() {
		try (RedisProcess server = RedisProcess.launch("--requirepass", "secret");
				RedisSentinel sentinel = RedisSentinel.launch("locks", server, 0, "requirepass look")) {
			this.runner
				.withPropertyValues("distributed-lock.redis.sentinel.master=locks",
						"distributed-lock.redis.sentinel.nodes=" + sentinel.node(),
						"distributed-lock.redis.sentinel.password=look", "distributed-lock.redis.password=secret")
				.run((context) -> Locks.awaitKept(context.getBean(LockBackend.class)));
		}
	}

	@Test
	void sentinelAloneMayHaveALogin() {
		try (RedisProcess server = RedisProcess.launch();
				RedisSentinel sentinel = RedisSentinel.launch("locks", server, 0, "requirepass look")) {
			this.runner
				.withPropertyValues("distributed-lock.redis.sentinel.master=locks",
						"distributed-lock.redis.sentinel.nodes=" + sentinel.node(),
						"distributed-lock.redis.sentinel.password=look")
				.run((context) -> Locks.awaitKept(context.getBean(LockBackend.class)));
		}
	}

	@Test
	void locksSpreadOverTheCluster() {
		try (RedisCluster cluster = RedisCluster.start()) {
			List<RedisProcess> masters = cluster.masters();
			String nodes = masters.stream()
				.map((master) -> "127.0.0.1:" + master.port())
				.collect(Collectors.joining(","));
			this.runner.withPropertyValues("spring.data.redis.cluster.nodes=" + nodes).run((context) -> {
				LockBackend backend = context.getBean(LockBackend.class);
				Locks.awaitKept(backend);
				masters.forEach(RedisProcess::resetCommandCalls);
				for (int i = 0; i < 50; i++) {
					Locks.keep(backend);
				}
				assertThat(masters).allSatisfy((master) -> assertThat(master.commandCalls()).containsKey("set"));
			});
		}
	}

	@Test
	void primaryOfMasterAndReplicaKeepsTheLocks() {
		try (RedisProcess primary = primary(); RedisProcess replica = replicaOf(primary)) {
			this.runner
				.withPropertyValues("spring.data.redis.masterreplica.nodes=127.0.0.1:" + replica.port() + ",127.0.0.1:"
						+ primary.port())
				.run((context) -> {
					Locks.awaitKept(context.getBean(LockBackend.class));
					assertThat(clients(primary)).contains("name=distributed-lock");
				});
		}
	}

	@Test
	void twoPrimariesAreRefused() {
		try (RedisProcess one = RedisProcess.launch(); RedisProcess other = RedisProcess.launch()) {
			RedisNode first = new RedisNode("127.0.0.1", one.port());
			RedisNode second = new RedisNode("127.0.0.1", other.port());
			RedissonClientFactory factory = new RedissonClientFactory(
					new RedisConnection(
							new RedisTopology.MasterReplica(
									List.of(first, new RedisNode("127.0.0.1", RedisProcess.freePort()), second), 0),
							null, () -> new RedisCredentials(null, null)),
					"two", Duration.ofSeconds(2), Duration.ofSeconds(1), List.of());
			assertThatExceptionOfType(RedisSettingsException.class).isThrownBy(factory::get)
				.withMessageContaining("127.0.0.1:" + one.port() + " and 127.0.0.1:" + other.port());
			assertThat(clients(one)).doesNotContain("name=two");
		}
	}

	private static RedisProcess primary() {
		return RedisProcess.launch("--repl-diskless-sync-delay", "0");
	}

	private static RedisProcess replicaOf(RedisProcess primary) {
		RedisProcess replica = RedisProcess.launch("--replicaof", "127.0.0.1 " + primary.port());
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> String.valueOf(replica.command("INFO", "replication")).contains("master_link_status:up"));
		return replica;
	}

	/**
	 * Sentinel kills the connections of the server that it promotes, this question's too.
	 */
	private static void awaitRole(RedisProcess server, String role) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptionsInstanceOf(UncheckedIOException.class)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> String.valueOf(server.command("INFO", "replication")).contains("role:" + role));
	}

	private static String clients(RedisProcess server) {
		return String.valueOf(server.command("CLIENT", "LIST"));
	}

}
