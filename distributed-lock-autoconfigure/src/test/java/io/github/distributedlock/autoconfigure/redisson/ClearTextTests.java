package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.test.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ssl.SslBundle;

import static org.assertj.core.api.Assertions.assertThat;

class ClearTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "redis-1", "10.0.0.1", "128.0.0.1", "localhost.example.com", "::2", "127.0.0.1.nip.io" })
	void connectionToAnotherMachineIsWarnedAboutOnce(String host) {
		try (CapturedLog log = new CapturedLog()) {
			RedissonClientFactory factory = factory(host, null);
			factory.warnOfClearText();
			factory.warnOfClearText();
			assertThat(log.with("is not encrypted")).singleElement()
				.satisfies((entry) -> assertThat(entry.level()).isEqualTo("WARN"))
				.satisfies((entry) -> assertThat(entry.message()).contains(host + ":6379"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "redis.localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]" })
	void connectionToThisMachineIsNot(String host) {
		assertThat(ClearText.servers(connection(new RedisTopology.Standalone(new RedisNode(host, 1), 0), null)))
			.isEmpty();
	}

	@Test
	void encryptedConnectionIsNot() {
		assertThat(ClearText.servers(
				connection(new RedisTopology.Standalone(new RedisNode("redis-1", 1), 0), SslBundle.systemDefault())))
			.isEmpty();
	}

	@Test
	void serversOfEveryTopologyAreNamed() {
		List<RedisNode> nodes = List.of(new RedisNode("a", 1), new RedisNode("localhost", 2), new RedisNode("b", 3));
		for (RedisTopology topology : List.of(new RedisTopology.Cluster(nodes),
				new RedisTopology.MasterReplica(nodes, 0),
				new RedisTopology.Sentinel("locks", nodes, 0, new RedisCredentials(null, null)))) {
			assertThat(ClearText.servers(connection(topology, null))).containsExactly("a:1", "b:3");
		}
	}

	private static RedisConnection connection(RedisTopology topology, SslBundle tls) {
		return new RedisConnection(topology, tls, () -> new RedisCredentials(null, null));
	}

	private static RedissonClientFactory factory(String host, SslBundle tls) {
		return new RedissonClientFactory(connection(new RedisTopology.Standalone(new RedisNode(host, 6379), 0), tls),
				"locks", Duration.ofSeconds(1), Duration.ofSeconds(1), List.of());
	}

}
