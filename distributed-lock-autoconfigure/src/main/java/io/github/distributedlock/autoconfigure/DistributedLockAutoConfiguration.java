package io.github.distributedlock.autoconfigure;

import java.util.concurrent.TimeUnit;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryLockBackend;
import io.github.distributedlock.engine.DefaultLockRegistry;
import io.github.distributedlock.engine.EngineSettings;
import io.github.distributedlock.engine.UnprotectedLockRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the {@link LockRegistry}. It stays with
 * {@code distributed-lock.enabled=false}, and then excludes nobody.
 */
@AutoConfiguration
@EnableConfigurationProperties(DistributedLockProperties.class)
public final class DistributedLockAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LockRegistry distributedLockRegistry(DistributedLockProperties properties, ObjectProvider<LockBackend> backend) {
		if (!properties.enabled()) {
			return new UnprotectedLockRegistry();
		}
		EngineSettings settings = EngineSettingsReader.read(properties);
		LockBackend store = backend.getIfAvailable(() -> {
			throw new LockBackendMissingException(properties.backend());
		});
		return (store instanceof InMemoryLockBackend) ? new DefaultLockRegistry(store, settings)
				: new DefaultLockRegistry(store, settings,
						() -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
	}

	@Bean
	LockRegistryLifecycle distributedLockLifecycle(ListableBeanFactory beanFactory,
			DistributedLockProperties properties) {
		return new LockRegistryLifecycle(beanFactory.getBeansOfType(LockRegistry.class).values(),
				properties.shutdownTimeout());
	}

}
