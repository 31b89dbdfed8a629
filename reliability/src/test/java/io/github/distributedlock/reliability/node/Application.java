package io.github.distributedlock.reliability.node;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.reliability.history.EventLog;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application under test: the starter, as its users get it. Only what is said to the
 * store is logged on the way.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = { "com.baomidou.lock.spring.boot.autoconfigure.LockAutoConfiguration",
		"com.baomidou.lock.spring.boot.autoconfigure.RedissonLockAutoConfiguration" })
class Application {

	@Bean
	Work work(LockRegistry locks) {
		return new Work(locks);
	}

	static ConfigurableApplicationContext start(int port, EventLog log, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false)
			.initializers((context) -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof LockBackend backend) ? new RecordingBackend(backend, log) : bean;
				}

			}))
			.properties("distributed-lock.redis.url=redis://127.0.0.1:" + port)
			.properties(properties)
			.run();
	}

}
