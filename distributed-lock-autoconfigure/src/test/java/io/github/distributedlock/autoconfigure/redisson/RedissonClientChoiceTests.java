package io.github.distributedlock.autoconfigure.redisson;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.backend.redisson.RedissonLockBackend;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which client keeps the locks. Nothing here needs a server: what is built does not find
 * one and goes on trying.
 */
class RedissonClientChoiceTests {

	private static final int NOBODY = RedisProcess.freePort();

	private final BlockingQueue<Config> built = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = RedissonLockBackendAutoConfigurationTests.runner(this.built);

	@Test
	void ownSettingsWinOverClientAndConnectionDetails() {
		this.runner.withUserConfiguration(OneClient.class)
			.withPropertyValues("distributed-lock.redis.host=localhost", "distributed-lock.redis.port=" + NOBODY)
			.run((context) -> assertThat(
					RedissonLockBackendAutoConfigurationTests.built(this.built).useSingleServer().getAddress())
				.isEqualTo("redis://localhost:" + NOBODY));
	}

	@Test
	void existingClientIsUsedAndNotShutDown() {
		RedissonClient client = lazyClient();
		this.runner.withBean("cache", RedissonClient.class, () -> client, (bean) -> bean.setDestroyMethodName(""))
			.run((context) -> assertThat(context).hasSingleBean(RedissonLockBackend.class));
		assertThat(this.built).isEmpty();
		assertThat(client.isShutdown()).isFalse();
		client.shutdown(0, 1, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@ValueSource(classes = { PrimaryClient.class, OneClient.class })
	void singleOrPrimaryClientIsUsed(Class<?> clients) {
		this.runner.withUserConfiguration(clients).run((context) -> {
			assertThat(context).hasSingleBean(RedissonLockBackend.class);
			assertThat(this.built).isEmpty();
		});
	}

	@Test
	void namedClientIsUsed() {
		this.runner.withUserConfiguration(TwoClients.class)
			.withPropertyValues("distributed-lock.redis.client-bean-name=second")
			.run((context) -> {
				assertThat(context).hasSingleBean(RedissonLockBackend.class);
				assertThat(this.built).isEmpty();
			});
	}

	@Test
	void severalClientsAreRefusedByName() {
		this.runner.withUserConfiguration(TwoClients.class).run(failure((analysis) -> {
			assertThat(analysis.getDescription()).contains("first, second");
			assertThat(analysis.getAction()).contains("distributed-lock.redis.client-bean-name");
		}));
	}

	@Test
	void namedClientThatIsMissingIsRefusedWithTheOthers() {
		this.runner.withUserConfiguration(TwoClients.class)
			.withPropertyValues("distributed-lock.redis.client-bean-name=third")
			.run(failure((analysis) -> {
				assertThat(analysis.getDescription()).contains("'third'").contains("no such bean");
				assertThat(analysis.getAction()).contains("first, second");
			}));
	}

	@Test
	void namedClientThatIsSomethingElseIsRefused() {
		this.runner.withBean("text", String.class, () -> "text")
			.withPropertyValues("distributed-lock.redis.client-bean-name=text")
			.run(failure((analysis) -> {
				assertThat(analysis.getDescription()).contains("no RedissonClient");
				assertThat(analysis.getAction()).contains("Define a RedissonClient bean");
			}));
	}

	@Test
	void nothingAtAllIsRefused() {
		this.runner.withClassLoader(new FilteredClassLoader(DataRedisConnectionDetails.class))
			.run(failure((analysis) -> {
				assertThat(analysis.getDescription()).contains("Nothing says which Redis");
				assertThat(analysis.getAction()).contains("distributed-lock.redis.host").contains("spring.data.redis");
			}));
	}

	@Test
	void registryFailsToStartWhenNoClientCanBeChosen() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DistributedLockAutoConfiguration.class,
					RedissonLockBackendAutoConfiguration.class))
			.withPropertyValues("distributed-lock.redis.client-bean-name=none")
			.run(failure((analysis) -> assertThat(analysis.getDescription()).contains("'none'")));
	}

	private static ContextConsumer<AssertableApplicationContext> failure(Consumer<FailureAnalysis> assertions) {
		return RedissonLockBackendAutoConfigurationTests.failure(assertions);
	}

	static RedissonClient lazyClient() {
		Config config = new Config().setLazyInitialization(true).setNettyThreads(1).setThreads(1);
		config.useSingleServer().setAddress("redis://127.0.0.1:" + NOBODY).setRetryAttempts(0).setConnectTimeout(200);
		return Redisson.create(config);
	}

	@Configuration(proxyBeanMethods = false)
	static class OneClient {

		@Bean(destroyMethod = "shutdown")
		RedissonClient only() {
			return lazyClient();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoClients {

		@Bean(destroyMethod = "shutdown")
		RedissonClient first() {
			return lazyClient();
		}

		@Bean(destroyMethod = "shutdown")
		RedissonClient second() {
			return lazyClient();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryClient {

		@Bean(destroyMethod = "shutdown")
		RedissonClient other() {
			return lazyClient();
		}

		@Bean(destroyMethod = "shutdown")
		@Primary
		RedissonClient main() {
			return lazyClient();
		}

	}

}
