package io.github.distributedlock.benchmarks.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.autoconfigure.DistributedLockAdviceAutoConfiguration;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.autoconfigure.redisson.RedissonLockBackendAutoConfiguration;
import org.redisson.api.RedissonClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * This project, wired by its auto-configuration, so that what is measured is what an
 * application gets.
 */
final class StarterLocks implements LockClient {

	private static final Duration WAIT = Duration.ofMinutes(2);

	private static final int CONNECT_ATTEMPTS = 20;

	private final ConfigurableApplicationContext context;

	private final LockRegistry registry;

	StarterLocks(int port, String... properties) {
		this(Application.class, port, properties);
	}

	private StarterLocks(Class<?> application, int port, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("benchmark.redis.port=" + port);
		if (application == Application.class) {
			all.add("distributed-lock.redis.url=redis://127.0.0.1:" + port);
		}
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties(all.toArray(String[]::new))
			.run();
		this.registry = this.context.getBean(LockRegistry.class);
		awaitConnection();
	}

	/** The others block until they are connected; this one connects while it starts. */
	private void awaitConnection() {
		LockUnavailableException last = null;
		for (int i = 0; i < CONNECT_ATTEMPTS; i++) {
			try {
				this.registry.acquire(LockRequest.of("benchmark", "connection")).close();
				return;
			}
			catch (LockUnavailableException ex) {
				last = ex;
			}
		}
		throw new IllegalStateException("Redis was not reached", last);
	}

	static StarterLocks onDefaultClient(int port) {
		return new StarterLocks(ApplicationWithClient.class, port);
	}

	@Override
	public Held lock(String key) {
		Lease lease = this.registry.acquire(LockRequest.of("benchmark", key).withWaitTime(WAIT));
		return lease::close;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RedissonLockBackendAutoConfiguration.class, DistributedLockAutoConfiguration.class,
			DistributedLockAdviceAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class ApplicationWithClient extends Application {

		@Bean(destroyMethod = "shutdown")
		RedissonClient redissonClient(
				@org.springframework.beans.factory.annotation.Value("${benchmark.redis.port}") int port) {
			return RedissonClients.defaults(port);
		}

	}

}
