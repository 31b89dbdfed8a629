package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.test.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.spring.data.connection.RedissonConnectionFactory;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class RedissonClientIntegrationTests {

	private static RedisServer server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
				RedissonLockBackendAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.host=" + server.host(), "spring.data.redis.port=" + server.port());

	@BeforeAll
	static void startServer() {
		server = RedisServer.start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void clientOfTheLocksIsShutDownWithTheContext() {
		this.runner.withPropertyValues("distributed-lock.redis.client-name=to-be-closed").run((context) -> {
			Locks.awaitKept(context.getBean(LockBackend.class));
			assertThat(clients()).contains("name=to-be-closed");
			assertThat(clients().lines().filter((line) -> line.contains("name=to-be-closed"))).hasSizeLessThan(8);
		});
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(clients()).doesNotContain("name=to-be-closed"));
	}

	@Test
	void lettuceStaysTheConnectionFactory() {
		this.runner.run((context) -> {
			Locks.awaitKept(context.getBean(LockBackend.class));
			assertThat(context).doesNotHaveBean(RedissonClient.class);
			assertThat(context.getBean(RedisConnectionFactory.class)).isInstanceOf(LettuceConnectionFactory.class);
			StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
			template.opsForValue().set("dl:greeting", "hello");
			assertThat(template.opsForValue().get("dl:greeting")).isEqualTo("hello");
		});
	}

	@Test
	void clientOfTheRedissonStarterIsUsed() {
		this.runner.withConfiguration(AutoConfigurations.of(RedissonAutoConfigurationV4.class))
			.withPropertyValues("spring.data.redis.client-name=starter", "distributed-lock.redis.client-name=unused")
			.run((context) -> {
				assertThat(context).hasSingleBean(RedissonClient.class).hasSingleBean(RedisConnectionFactory.class);
				assertThat(context.getBean(RedisConnectionFactory.class)).isInstanceOf(RedissonConnectionFactory.class);
				Locks.awaitKept(context.getBean(LockBackend.class));
				assertThat(clients()).contains("name=starter").doesNotContain("name=unused");
			});
	}

	@Test
	void ownSettingsWinBesideTheRedissonStarter() {
		this.runner.withConfiguration(AutoConfigurations.of(RedissonAutoConfigurationV4.class))
			.withPropertyValues("distributed-lock.redis.client-name=own",
					"distributed-lock.redis.url=" + server.address())
			.run((context) -> {
				assertThat(context).hasSingleBean(RedissonClient.class);
				Locks.awaitKept(context.getBean(LockBackend.class));
				assertThat(clients()).contains("name=own");
			});
	}

	@Test
	void clientOfTheApplicationOutlivesTheLocks() throws Exception {
		Config config = new Config();
		config.useSingleServer().setAddress(server.address()).setConnectionMinimumIdleSize(1);
		RedissonClient client = Redisson.create(config);
		this.runner.withBean(RedissonClient.class, () -> client, (bean) -> bean.setDestroyMethodName(""))
			.withPropertyValues("distributed-lock.redis.client-name=unused")
			.run((context) -> {
				Locks.awaitKept(context.getBean(LockBackend.class));
				assertThat(clients()).doesNotContain("name=unused");
			});
		assertThat(client.isShutdown()).isFalse();
		assertThat(client.getBucket("dl:nothing").get()).isNull();
		client.shutdown(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void connectionDetailsOfAServiceConnectionAreUsed() {
		this.runner.withPropertyValues("spring.data.redis.port=1")
			.withBean(DataRedisConnectionDetails.class, () -> new DataRedisConnectionDetails() {

				@Override
				public Standalone getStandalone() {
					return Standalone.of(server.host(), server.port(), 5);
				}

			})
			.run((context) -> {
				Locks.awaitKept(context.getBean(LockBackend.class));
				assertThat(clients().lines().filter((line) -> line.contains("name=distributed-lock")))
					.allMatch((line) -> line.contains("db=5"));
			});
	}

	private static String clients() {
		return String.valueOf(server.command("CLIENT", "LIST"));
	}

}
