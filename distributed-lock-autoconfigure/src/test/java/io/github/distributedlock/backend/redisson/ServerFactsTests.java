package io.github.distributedlock.backend.redisson;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which servers may keep locks.
 */
class ServerFactsTests {

	private static final Map<String, String> SAFE = Map.of("redis_version", "7.0.15", "role", "master", "maxmemory",
			"104857600", "maxmemory_policy", "noeviction");

	private static ServerFacts with(String name, String value) {
		Map<String, String> info = new HashMap<>(SAFE);
		info.put(name, value);
		return ServerFacts.of(info);
	}

	@Test
	void currentPrimaryWithoutEvictionIsFine() {
		ServerFacts facts = ServerFacts.of(SAFE);
		assertThat(facts.refusal(false)).isNull();
		assertThat(facts.warning()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.0.16", "5.0.14", "6.1", "2.8.24" })
	void oldServersAreRefused(String version) {
		assertThat(with("redis_version", version).refusal(true)).contains(version).contains("6.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2.0", "7.4.1", "8.0-rc1", "255.255.255", "unknown", "" })
	void newerServersAndUnknownVersionsAreFine(String version) {
		assertThat(with("redis_version", version).refusal(false)).isNull();
	}

	@Test
	void replicaIsRefused() {
		assertThat(with("role", "slave").refusal(true)).contains("replica").contains("primary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-lfu",
			"volatile-random", "volatile-ttl" })
	void everyEvictionIsRefusedUnlessItIsAccepted(String policy) {
		ServerFacts facts = with("maxmemory_policy", policy);
		assertThat(facts.refusal(false)).contains(policy).contains("distributed-lock.redis.allow-eviction=true");
		assertThat(facts.refusal(true)).isNull();
	}

	@Test
	void evictionWithoutALimitIsOnlyWarnedAbout() {
		ServerFacts facts = ServerFacts.of(Map.of("maxmemory", "0", "maxmemory_policy", "allkeys-lru"));
		assertThat(facts.refusal(false)).isNull();
		assertThat(facts.warning()).contains("allkeys-lru").contains("noeviction");
	}

	@Test
	void serverThatSaysNothingIsFine() {
		assertThat(ServerFacts.of(Map.of()).refusal(false)).isNull();
		assertThat(ServerFacts.of(Map.of()).warning()).isNull();
	}

}
