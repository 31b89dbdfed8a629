package io.github.distributedlock.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata of all properties, from which IDEs complete them.
 */
class ConfigurationMetadataTests {

	private final Map<String, Map<String, Object>> properties = read();

	@ParameterizedTest
	@CsvSource({ "enabled, true", "backend, redisson", "namespace, dl", "wait-time, 5s", "lease, 30s",
			"on-unavailable, fail-closed", "on-lost, throw", "command-timeout, 1s", "hand-off.enabled, true",
			"hand-off.slice, 20ms", "shutdown-timeout, 30s", "order, 2147483447", "breaker.enabled, true",
			"breaker.failure-threshold, 3", "breaker.probe-delay, 100ms", "breaker.max-probe-delay, 400ms",
			"max-waiters-per-key, 10000", "max-waiters, 20000", "redis.client-name, distributed-lock",
			"redis.connect-timeout, 2s", "redis.allow-eviction, false" })
	void describesAPropertyWithItsDefault(String name, String value) {
		Map<String, Object> property = this.properties.get("distributed-lock." + name);
		assertThat(property).isNotNull();
		assertThat(String.valueOf(property.get("defaultValue"))).isEqualTo(value);
		assertThat(property.get("description")).asString().isNotBlank().endsWith(".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-hold", "redis.client-bean-name", "redis.url", "redis.host", "redis.port",
			"redis.username", "redis.password", "redis.database", "redis.ssl.bundle", "redis.ssl.enabled",
			"redis.sentinel.master", "redis.sentinel.username", "redis.sentinel.password" })
	void describesAPropertyWithoutDefault(String name) {
		Map<String, Object> property = this.properties.get("distributed-lock." + name);
		assertThat(property).isNotNull().doesNotContainKey("defaultValue");
		assertThat(property.get("description")).asString().isNotBlank().endsWith(".");
	}

	@Test
	void describesEveryProperty() {
		assertThat(this.properties).allSatisfy((name, property) -> {
			assertThat(name).startsWith("distributed-lock.");
			assertThat(property.get("description")).asString().isNotBlank().endsWith(".");
		});
	}

	private static Map<String, Map<String, Object>> read() {
		try (InputStream metadata = DistributedLockProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			List<Map<String, Object>> list = JsonPath.read(metadata, "$.properties");
			return list.stream()
				.collect(Collectors.toMap((property) -> (String) property.get("name"), Function.identity()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
