package io.github.distributedlock.benchmarks.method;

import io.github.distributedlock.autoconfigure.DistributedLockAdviceAutoConfiguration;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.autoconfigure.InMemoryLockBackendAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
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

	static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(OrderApplication.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties("distributed-lock.backend=in-memory")
			.run();
	}

	@Bean
	CacheManager cacheManager() {
		return new ConcurrentMapCacheManager("orders");
	}

	@Bean
	OrderService orderService() {
		return new OrderService();
	}

}
