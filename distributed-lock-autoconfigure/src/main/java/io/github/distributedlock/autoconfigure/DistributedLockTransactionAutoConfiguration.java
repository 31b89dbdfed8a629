package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.interceptor.LeaseTransactionListener;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Auto-configuration that lets transactions ask, before they commit, whether the locks in
 * which they began are still held.
 */
@AutoConfiguration(after = DistributedLockAutoConfiguration.class)
@ConditionalOnClass(ConfigurableTransactionManager.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class DistributedLockTransactionAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TransactionManagerPostProcessor distributedLockTransactionManagerPostProcessor(
			ConfigurableListableBeanFactory beanFactory) {
		return new TransactionManagerPostProcessor(beanFactory, new LeaseTransactionListener());
	}

}
