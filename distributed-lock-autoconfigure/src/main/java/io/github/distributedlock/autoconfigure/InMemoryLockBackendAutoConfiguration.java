package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.autoconfigure.DistributedLockProperties.Backend;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryLockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of locks that live in this process alone.
 */
@AutoConfiguration(before = DistributedLockAutoConfiguration.class)
@ConditionalOnLockBackend(Backend.IN_MEMORY)
public final class InMemoryLockBackendAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean(LockBackend.class)
	InMemoryLockBackend distributedLockBackend() {
		return new InMemoryStore().connect();
	}

}
