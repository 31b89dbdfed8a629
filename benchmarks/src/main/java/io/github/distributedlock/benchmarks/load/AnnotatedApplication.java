package io.github.distributedlock.benchmarks.load;

import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.autoconfigure.DistributedLockAdviceAutoConfiguration;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.autoconfigure.redisson.RedissonLockBackendAutoConfiguration;
import net.bytebuddy.description.annotation.AnnotationDescription;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Applications whose methods are annotated, and one whose are not.
 */
public enum AnnotatedApplication {

	/** No annotation. */
	PLAIN(Plain.class),

	/** {@code @Cacheable}, with a cache in memory. */
	CACHEABLE(Cached.class),

	/** {@code @DistributedLock}, with Redis. */
	DISTRIBUTED_LOCK(Locked.class);

	private static final String KEY = "#order.id";

	private final Class<?> configuration;

	AnnotatedApplication(Class<?> configuration) {
		this.configuration = configuration;
	}

	Class<?> configuration() {
		return this.configuration;
	}

	@Nullable AnnotationDescription annotation() {
		return switch (this) {
			case PLAIN -> null;
			case CACHEABLE -> AnnotationDescription.Builder.ofType(Cacheable.class)
				.defineArray("cacheNames", "orders")
				.define("key", KEY)
				.build();
			case DISTRIBUTED_LOCK ->
				AnnotationDescription.Builder.ofType(DistributedLock.class).define("key", KEY).build();
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AopAutoConfiguration.class)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AopAutoConfiguration.class)
	@EnableCaching(proxyTargetClass = true)
	static class Cached {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("orders");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, RedissonLockBackendAutoConfiguration.class,
			DistributedLockAutoConfiguration.class, DistributedLockAdviceAutoConfiguration.class })
	static class Locked {

	}

}
