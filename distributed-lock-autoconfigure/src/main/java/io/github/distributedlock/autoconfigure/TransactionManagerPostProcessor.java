package io.github.distributedlock.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.interceptor.LeaseTransactionListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Adds the listener to every transaction manager, whoever defined it. Reactive ones are
 * left alone: a locked method does not return a reactive type. A registry is known to the
 * listener once it exists, so that no transaction ever creates one.
 */
final class TransactionManagerPostProcessor implements BeanPostProcessor, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(TransactionManagerPostProcessor.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final LeaseTransactionListener listener;

	TransactionManagerPostProcessor(ConfigurableListableBeanFactory beanFactory, LeaseTransactionListener listener) {
		this.beanFactory = beanFactory;
		this.listener = listener;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof LockRegistry registry) {
			this.listener.addRegistry(registry);
		}
		if (bean instanceof PlatformTransactionManager && !addListener(bean)) {
			logger.warn("Transactions of '" + beanName + "' (" + bean.getClass().getName()
					+ ") commit without asking whether their lock is still held: it takes no listeners");
		}
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		existing(PlatformTransactionManager.class).forEach(this::addListener);
		existing(LockRegistry.class).forEach(this.listener::addRegistry);
		if (this.beanFactory.getParentBeanFactory() != null) {
			this.beanFactory.getParentBeanFactory()
				.getBeanProvider(LockRegistry.class)
				.forEach(this.listener::addRegistry);
		}
	}

	private <T> Stream<T> existing(Class<T> type) {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(type, false, false))
			.filter(this.beanFactory::containsSingleton)
			.map((name) -> this.beanFactory.getBean(name, type));
	}

	private boolean addListener(Object bean) {
		Object target = AopProxyUtils.getSingletonTarget(bean);
		if (!(((target != null) ? target : bean) instanceof ConfigurableTransactionManager manager)) {
			return false;
		}
		Collection<TransactionExecutionListener> listeners = manager.getTransactionExecutionListeners();
		if (!listeners.contains(this.listener)) {
			Collection<TransactionExecutionListener> extended = new ArrayList<>(listeners);
			extended.add(this.listener);
			manager.setTransactionExecutionListeners(extended);
		}
		return true;
	}

}
