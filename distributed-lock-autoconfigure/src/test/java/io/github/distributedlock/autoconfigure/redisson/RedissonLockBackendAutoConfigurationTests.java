package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.redisson.RedissonClientSource;
import io.github.distributedlock.backend.redisson.RedissonLockBackend;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing here needs a server: what is built does not find one and goes on trying.
 */
class RedissonLockBackendAutoConfigurationTests {

	private static final int NOBODY = RedisProcess.freePort();

	private final BlockingQueue<Config> built = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = runner(this.built);

	static ApplicationContextRunner runner(Queue<Config> built) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
					RedissonLockBackendAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.port=" + NOBODY, "spring.data.redis.host=127.0.0.1")
			.withBean(RedissonConfigCustomizer.class, () -> built::add)
			.withUserConfiguration(LockUser.class);
	}

	@Test
	void clientIsBuiltFromConnectionDetailsAndStaysHidden() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(RedissonLockBackend.class)
				.hasBean("distributedLockBackend")
				.doesNotHaveBean(RedissonClient.class);
			assertThat(built(this.built).useSingleServer().getAddress()).isEqualTo("redis://127.0.0.1:" + NOBODY);
		});
	}

	@Test
	void ownSettingsNeedNoSpringDataRedis() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RedissonLockBackendAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.data.redis"))
			.withBean(RedissonConfigCustomizer.class, () -> this.built::add)
			.withUserConfiguration(LockUser.class)
			.withPropertyValues("distributed-lock.redis.url=redis://127.0.0.1:" + NOBODY + "/2")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(built(this.built).useSingleServer().getDatabase()).isEqualTo(2);
			});
	}

	@Test
	void connectsByItselfWhenTheContextStarts() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RedissonLockBackendAutoConfiguration.class,
					DistributedLockAutoConfiguration.class))
			.withBean(RedissonConfigCustomizer.class, () -> this.built::add)
			.withPropertyValues("distributed-lock.redis.url=redis://127.0.0.1:" + NOBODY)
			.run((context) -> assertThat(built(this.built).isSingleConfig()).isTrue());
	}

	@Test
	void contradictionIsRefusedWithAdvice() {
		this.runner.withPropertyValues("distributed-lock.redis.host=a", "distributed-lock.redis.cluster.nodes=b:1")
			.run(failure((analysis) -> assertThat(analysis.getAction()).contains("Remove all but one")));
	}

	@Test
	void otherBackendsNeedNoRedis() {
		this.runner.withPropertyValues("distributed-lock.backend=in-memory")
			.run((context) -> assertThat(context).doesNotHaveBean(LockBackend.class));
		this.runner.withClassLoader(new FilteredClassLoader(RedissonClient.class))
			.run((context) -> assertThat(context).doesNotHaveBean(LockBackend.class));
		assertThat(this.built).isEmpty();
	}

	@Test
	void killSwitchNeedsNoRedis() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DistributedLockAutoConfiguration.class,
					RedissonLockBackendAutoConfiguration.class))
			.withPropertyValues("distributed-lock.enabled=false", "distributed-lock.redis.client-bean-name=none")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LockRegistry.class));
	}

	@Test
	void nothingIsBuiltUntilSomebodyAsks() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RedissonLockBackendAutoConfiguration.class))
			.withPropertyValues("distributed-lock.redis.client-bean-name=none")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedissonLockBackend.class));
	}

	@Test
	void backendOfTheApplicationWins() {
		this.runner.withUserConfiguration(OwnBackend.class)
			.run((context) -> assertThat(context).hasSingleBean(LockBackend.class)
				.doesNotHaveBean("distributedLockBackend"));
	}

	@Test
	void autoConfigurationsThatComeBeforeExist() {
		AutoConfiguration annotation = RedissonLockBackendAutoConfiguration.class
			.getAnnotation(AutoConfiguration.class);
		assertThat(annotation.afterName()).allMatch((name) -> ClassUtils.isPresent(name, getClass().getClassLoader()),
				"exists");
	}

	static Config built(BlockingQueue<Config> built) throws InterruptedException {
		Config config = built.poll(20, TimeUnit.SECONDS);
		assertThat(config).isNotNull();
		return config;
	}

	static ContextConsumer<AssertableApplicationContext> failure(Consumer<FailureAnalysis> assertions) {
		return (context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new RedisSettingsFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertions.accept(analysis);
		};
	}

	@Configuration(proxyBeanMethods = false)
	static class LockUser {

		LockUser(ObjectProvider<LockBackend> backend) {
			backend.ifAvailable(LockBackend::connect);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBackend {

		@Bean
		LockBackend ownBackend() {
			return new RedissonLockBackend(RedissonClientSource.owned(RedissonClientChoiceTests::lazyClient), "own",
					Duration.ofSeconds(1));
		}

	}

}
