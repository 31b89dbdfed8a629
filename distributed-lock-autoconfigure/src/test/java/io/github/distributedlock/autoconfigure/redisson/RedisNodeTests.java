package io.github.distributedlock.autoconfigure.redisson;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisNodeTests {

	@ParameterizedTest
	@CsvSource({ "redis-1:6390, redis://redis-1:6390", "redis_1, redis://redis_1:6379",
			"127.0.0.1:1, redis://127.0.0.1:1", "[::1]:6390, redis://[::1]:6390", "[::1], redis://[::1]:6379" })
	void nodeBecomesAddress(String node, String address) {
		assertThat(RedisNode.parse(List.of(node), "nodes")).singleElement()
			.extracting((parsed) -> parsed.address(false))
			.isEqualTo(address);
	}

	@Test
	void addressWithTlsSaysSo() {
		assertThat(new RedisNode("::1", 6390).address(true)).isEqualTo("rediss://[::1]:6390");
	}

	@Test
	void addressWithoutPortHasTheDefault() {
		assertThat(new RedisNode("host", -1).address(false)).isEqualTo("redis://host:6379");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://host:6379", "host:port", "::1", ":6379", "" })
	void malformedNodeIsRefused(String node) {
		assertThatExceptionOfType(RedisSettingsException.class)
			.isThrownBy(() -> RedisNode.parse(List.of("good:1", node), "some.nodes"))
			.withMessageContaining("'some.nodes' contains '" + node + "'")
			.withMessageContaining("host:port");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://user:geheim@host:6379", ":geheim@host", "geheim@host:1", "a b:geheim@host" })
	void refusalOfANodeThatHasALoginHidesIt(String node) {
		assertThatExceptionOfType(RedisSettingsException.class)
			.isThrownBy(() -> RedisNode.parse(List.of(node), "some.nodes"))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("geheim"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://user:geheim@host", "geheim@host", "//host", "host name", "host\n" })
	void hostThatIsNoneIsRefusedUnseen(String host) {
		assertThatExceptionOfType(RedisSettingsException.class).isThrownBy(() -> new RedisNode(host, 1))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("geheim").contains("'url'"));
	}

	@Test
	void missingNodesAreRefused() {
		assertThatExceptionOfType(RedisSettingsException.class)
			.isThrownBy(() -> RedisNode.parse(List.of(), "some.nodes"))
			.withMessageContaining("'some.nodes' is empty");
	}

}
