package io.github.distributedlock.test.redis;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RedisServerIntegrationTests {

	@Test
	void serverAnswersWhenStarted() {
		try (RedisServer server = RedisServer.start()) {
			assertThat(server.command("SET", "é", "\r\n")).isEqualTo("OK");
			assertThat(server.command("GET", "é")).isEqualTo("\r\n");
			assertThat(server.command("GET", "other")).isNull();
			assertThatIllegalStateException().isThrownBy(() -> server.command("INCR", "é"))
				.withMessageContaining("not an integer");
		}
	}

	@Test
	void commandCallsAreCountedInsideOfScriptsToo() {
		try (RedisServer server = RedisServer.start()) {
			server.command("SET", "a", "1");
			server.resetCommandCalls();
			server.command("EVAL", "return {redis.call('GET', 'a'), redis.call('GET', 'a')}", "0");
			assertThat(server.commandCalls()).containsEntry("eval", 1L)
				.containsEntry("get", 2L)
				.doesNotContainKey("set");
		}
	}

	@Test
	void restartedServerHasTheSamePortAndIsEmpty() {
		try (RedisProcess server = RedisProcess.launch()) {
			int port = server.port();
			server.command("SET", "a", "1");
			server.stop();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> server.command("PING"));
			server.restart();
			assertThat(server.port()).isEqualTo(port);
			assertThat(server.command("GET", "a")).isNull();
		}
	}

	@Test
	void pausedServerAnswersOnlyWhenResumed() {
		try (RedisProcess server = RedisProcess.launch(); RedisConnection connection = server.connect()) {
			connection.timeout(100);
			server.pause();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> connection.command("PING"))
				.withCauseInstanceOf(SocketTimeoutException.class);
			server.resume();
			connection.timeout(10_000);
			assertThat(connection.next()).isEqualTo("PONG");
		}
	}

	@Test
	void argumentsReachTheServer() {
		try (RedisProcess server = RedisProcess.launch("--requirepass", "geheim", "--maxmemory", "100mb")) {
			assertThat(server.command("CONFIG", "GET", "maxmemory")).asInstanceOf(InstanceOfAssertFactories.LIST)
				.contains("104857600");
		}
	}

	@Test
	void clusterServesEverySlotFromThreeMasters() {
		try (RedisCluster cluster = RedisCluster.start()) {
			assertThat(cluster.masters()).hasSize(3)
				.allSatisfy((master) -> assertThat(master.command("CLUSTER", "INFO")).asString()
					.contains("cluster_slots_ok:16384"));
		}
	}

}
