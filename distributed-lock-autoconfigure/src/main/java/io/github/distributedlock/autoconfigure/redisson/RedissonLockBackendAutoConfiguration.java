package io.github.distributedlock.autoconfigure.redisson;

import io.github.distributedlock.autoconfigure.ConditionalOnLockBackend;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.autoconfigure.DistributedLockProperties;
import io.github.distributedlock.autoconfigure.DistributedLockProperties.Backend;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.redisson.RedissonLockBackend;
import org.redisson.api.RedissonClient;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of locks in Redis: the server named under
 * {@code distributed-lock.redis}, else the one of the application's
 * {@link RedissonClient}, else the one of Spring Boot's connection details. Nothing is
 * looked for or built before the registry of the locks asks for it, so that with
 * {@code distributed-lock.enabled=false} no Redis is needed.
 */
@AutoConfiguration(before = DistributedLockAutoConfiguration.class,
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"org.redisson.spring.starter.RedissonAutoConfigurationV4",
				"org.redisson.spring.starter.RedissonAutoConfigurationV2" })
@ConditionalOnClass(RedissonClient.class)
@ConditionalOnLockBackend(Backend.REDISSON)
@EnableConfigurationProperties({ DistributedLockProperties.class, RedissonLockProperties.class })
public final class RedissonLockBackendAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean(LockBackend.class)
	RedissonLockBackend distributedLockBackend(DistributedLockProperties properties, RedissonLockProperties redis,
			BeanFactory beanFactory, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<RedisConnectionDetailsAdapter> details,
			ObjectProvider<RedissonConfigCustomizer> customizers) {
		RedissonClientSelection selection = new RedissonClientSelection(redis, beanFactory, sslBundles.getIfAvailable(),
				details.getIfAvailable());
		return new RedissonLockBackend(
				selection.select((connection) -> new RedissonClientFactory(connection, redis.clientName(),
						redis.connectTimeout(), properties.commandTimeout(), customizers.orderedStream().toList())),
				properties.namespace(), properties.commandTimeout(), redis.allowEviction());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DataRedisConnectionDetails.class)
	static class DataRedisConfiguration {

		@Bean
		RedisConnectionDetailsAdapter distributedLockRedisConnectionDetails(
				ObjectProvider<DataRedisConnectionDetails> details, ObjectProvider<DataRedisProperties> properties) {
			return () -> {
				DataRedisConnectionDetails available = details.getIfAvailable();
				DataRedisProperties bound = properties.getIfAvailable();
				return (available != null) ? DataRedisConnection.of(available, (bound != null) ? bound.getUrl() : null)
						: null;
			};
		}

	}

}
