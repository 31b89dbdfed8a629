package io.github.distributedlock.benchmarks.method;

import io.github.distributedlock.autoconfigure.DistributedLockAdviceAutoConfiguration;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.autoconfigure.InMemoryLockBackendAutoConfiguration;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with locks and caches in memory.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ AopAutoConfiguration.class, InMemoryLockBackendAutoConfiguration.class,
		DistributedLockAutoConfiguration.class, DistributedLockAdviceAutoConfiguration.class })
@EnableCaching(proxyTargetClass = true)
class OrderApplication {

	@Bean
	CacheManager cacheManager() {
		return new ConcurrentMapCacheManager("orders");
	}

	@Bean
	OrderService orderService() {
		return new OrderService();
	}

}
