package io.github.distributedlock.autoconfigure.redisson;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsRedisConnectionTests {

	private static final SslBundle BUNDLE = SslBundle.systemDefault();

	@Test
	void noSettingsNameNoServer() {
		assertThat(read()).isNull();
	}

	@Test
	void namesAndTimeoutsAloneNameNoServer() {
		assertThat(read("client-bean-name=locks", "client-name=orders", "connect-timeout=1s")).isNull();
	}

	@Test
	void emptySettingsAreNone() {
		assertThat(read("url=", "host=", "password=")).isNull();
	}

	@Test
	void hostIsOneServer() {
		RedisConnection connection = required("host=redis-1", "port=6390", "database=2", "username=alice",
				"password=secret");
		assertThat(connection.topology()).isEqualTo(new RedisTopology.Standalone(new RedisNode("redis-1", 6390), 2));
		assertThat(connection.credentials().get()).isEqualTo(new RedisCredentials("alice", "secret"));
		assertThat(connection.tls()).isNull();
	}

	@Test
	void urlIsOneServer() {
		RedisConnection connection = required("url=rediss://alice:secret@redis-1:6390/2");
		assertThat(connection.topology()).isEqualTo(new RedisTopology.Standalone(new RedisNode("redis-1", 6390), 2));
		assertThat(connection.credentials().get()).isEqualTo(new RedisCredentials("alice", "secret"));
		assertThat(connection.tls()).isNotNull();
	}

	@Test
	void sentinelHasItsOwnLogin() {
		RedisConnection connection = required("sentinel.master=orders", "sentinel.nodes=a:1,b:2",
				"sentinel.username=watcher", "sentinel.password=look", "username=alice", "password=secret",
				"database=2");
		assertThat(connection.topology()).isEqualTo(new RedisTopology.Sentinel("orders",
				List.of(new RedisNode("a", 1), new RedisNode("b", 2)), 2, new RedisCredentials("watcher", "look")));
		assertThat(connection.credentials().get()).isEqualTo(new RedisCredentials("alice", "secret"));
	}

	@Test
	void clusterIsSomeOfItsNodes() {
		assertThat(required("cluster.nodes=a:1,b:2").topology())
			.isEqualTo(new RedisTopology.Cluster(List.of(new RedisNode("a", 1), new RedisNode("b", 2))));
	}

	@Test
	void masterReplicaIsAllOfItsNodes() {
		assertThat(required("master-replica.nodes=a:1,b:2", "database=2").topology())
			.isEqualTo(new RedisTopology.MasterReplica(List.of(new RedisNode("a", 1), new RedisNode("b", 2)), 2));
	}

	@Test
	void bundleMeansTls() {
		assertThat(required("host=redis-1", "ssl.bundle=locks").tls()).isSameAs(BUNDLE);
		assertThat(required("host=redis-1", "ssl.bundle=locks", "ssl.enabled=false").tls()).isNull();
	}

	@Test
	void tlsWithoutBundleTrustsWhatJavaTrusts() {
		assertThat(required("cluster.nodes=a:1", "ssl.enabled=true").tls()).isNotNull().isNotSameAs(BUNDLE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			host=a;url=redis://b             | redis.url', 'distributed-lock.redis.host' are set
			host=a;cluster.nodes=b:1         | Remove all but one
			host=a;client-bean-name=b        | redis.client-bean-name' is set
			password=a                       | no server is named
			port=1;ssl.enabled=true          | redis.port', 'distributed-lock.redis.ssl.enabled' are set
			url=redis://a;password=b         | Put it into the URL
			url=rediss://a;ssl.enabled=false | asks for TLS
			sentinel.nodes=a:1               | sentinel.master' is not set
			sentinel.master=a                | sentinel.nodes' is empty
			cluster.nodes=a:1;port=1         | Give each node its port
			cluster.nodes=a:1;database=1     | database 0 only
			""")
	void settingsThatContradictEachOtherAreRefused(String settings, String message) {
		assertThatExceptionOfType(RedisSettingsException.class).isThrownBy(() -> read(settings.split(";")))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@CsvSource({ "connect-timeout=0s, use at least 1ms", "client-name=Orders Service, without spaces" })
	void settingsThatCannotWorkAreRefused(String setting, String message) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(setting))
			.havingRootCause()
			.withMessageContaining("distributed-lock.redis." + setting.split("=")[0])
			.withMessageContaining(message);
	}

	@Test
	void textOfPropertiesHidesPasswords() {
		RedissonLockProperties properties = bind("url=redis://:secret@a", "password=secret", "sentinel.password=secret",
				"sentinel.master=m");
		assertThat(properties).asString().contains("master=m").doesNotContain("secret");
	}

	private static RedisConnection required(String... settings) {
		RedisConnection connection = read(settings);
		assertThat(connection).isNotNull();
		return connection;
	}

	private static @Nullable RedisConnection read(String... settings) {
		return SettingsRedisConnection.of(bind(settings), new DefaultSslBundleRegistry("locks", BUNDLE));
	}

	private static RedissonLockProperties bind(String... settings) {
		Map<String, String> source = new LinkedHashMap<>();
		for (String setting : settings) {
			String[] parts = setting.split("=", 2);
			source.put("distributed-lock.redis." + parts[0], parts[1]);
		}
		return new Binder(new MapConfigurationPropertySource(source)).bindOrCreate("distributed-lock.redis",
				RedissonLockProperties.class);
	}

}
