package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.AnnotationLockOperationSource;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.interceptor.LockAdvisor;
import io.github.distributedlock.interceptor.LockInterceptor;
import io.github.distributedlock.interceptor.LockOperationSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the advice behind {@link DistributedLock}, and of the checks that
 * it works.
 */
@AutoConfiguration(after = DistributedLockAutoConfiguration.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class DistributedLockAdviceAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static AnnotationLockOperationSource distributedLockOperationSource(DefaultListableBeanFactory beanFactory) {
		return new AnnotationLockOperationSource(beanFactory::resolveEmbeddedValue, new ClassProxies(beanFactory));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockInterceptor distributedLockInterceptor(LockOperationSource source,
			ObjectProvider<LockRegistry> registry) {
		return new LockInterceptor(source, registry::getObject);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockAdvisor distributedLockAdvisor(LockOperationSource source, LockInterceptor interceptor,
			Environment environment) {
		return new LockAdvisor(source, interceptor,
				Binder.get(environment)
					.bind("distributed-lock.order", Integer.class)
					.orElse(DistributedLockProperties.DEFAULT_ORDER));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockVerifier distributedLockVerifier(DefaultListableBeanFactory beanFactory, LockOperationSource source,
			ObjectProvider<LockRegistry> registry, ObjectProvider<DistributedLockProperties> properties) {
		return new LockVerifier(beanFactory, source, registry, properties);
	}

}
