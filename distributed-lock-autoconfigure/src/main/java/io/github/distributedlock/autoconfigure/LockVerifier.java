package io.github.distributedlock.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.interceptor.LockOperation;
import io.github.distributedlock.interceptor.LockOperationSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AbstractAdvisorAutoProxyCreator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Refuses to start an application in which a locked method would run without its lock.
 * Looks at the type of every bean once all singletons exist, and at later beans when they
 * are created.
 */
final class LockVerifier implements BeanPostProcessor, SmartInitializingSingleton {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.interceptor.TransactionInterceptor", LockVerifier.class.getClassLoader());

	private final DefaultListableBeanFactory beanFactory;

	private final LockedBeans beans;

	private final BeanTypes types;

	private final ObjectProvider<LockRegistry> registry;

	private final LockLog log;

	private final SingletonSupplier<TransactionOrder> transactions;

	private final Set<Class<?>> verified = ConcurrentHashMap.newKeySet();

	private volatile boolean started;

	private volatile boolean proxiesCreated;

	LockVerifier(DefaultListableBeanFactory beanFactory, LockOperationSource source,
			ObjectProvider<LockRegistry> registry, ObjectProvider<DistributedLockProperties> properties) {
		this.beanFactory = beanFactory;
		this.beans = new LockedBeans(source);
		this.types = new BeanTypes(beanFactory, source);
		this.registry = registry;
		this.log = new LockLog(properties);
		this.transactions = SingletonSupplier.of(() -> TransactionOrder.of(beanFactory));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (this.started || !areProxiesCreated()) {
			Collection<LockOperation> operations = this.beans.operations(bean);
			if (!operations.isEmpty()) {
				verifyLater(bean, beanName, operations);
			}
		}
		return bean;
	}

	private void verifyLater(Object bean, String beanName, Collection<LockOperation> operations) {
		if (!areProxiesCreated()) {
			requireAdvice(bean, beanName, operations);
		}
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (this.started && !this.verified.contains(type)) {
			checkOrder(type, operations);
			this.log.write(operations);
			this.verified.add(type);
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		Collection<LockOperation> locked = new ArrayList<>();
		for (String name : this.types.names()) {
			for (Class<?> type : this.types.of(name)) {
				locked.addAll(verifyType(name, type));
			}
			locked.addAll(verifySingleton(name, this.types.singleton(name)));
			locked.addAll(verifySingleton(name, this.types.product(name)));
		}
		if (!locked.isEmpty()) {
			this.log.write(locked);
			this.registry.getObject();
		}
		this.started = true;
	}

	private Collection<LockOperation> verifyType(String beanName, Class<?> type) {
		Collection<LockOperation> operations = this.types.operations(type);
		if (!operations.isEmpty()) {
			checkOrder(type, operations);
			if (!areProxiesCreated()) {
				requireAdvice(this.types.singleton(beanName), beanName, operations);
			}
		}
		return operations;
	}

	private Collection<LockOperation> verifySingleton(String beanName, @Nullable Object bean) {
		Collection<LockOperation> operations = (bean != null) ? this.beans.operations(bean) : List.of();
		if (bean != null && !operations.isEmpty()) {
			requireAdvice(bean, beanName, operations);
			this.beans.checkCallable(bean);
		}
		return operations;
	}

	private void requireAdvice(@Nullable Object bean, String beanName, Collection<LockOperation> operations) {
		if (this.log.isEnabled() && (bean == null || !this.beans.isAdvised(bean))) {
			throw new LockAdviceMissingException(beanName, operations.iterator().next().describeMethod(),
					areProxiesCreated());
		}
	}

	private void checkOrder(Class<?> type, Collection<LockOperation> operations) {
		if (TRANSACTIONS) {
			TransactionOrder order = this.transactions.obtain();
			operations.forEach((operation) -> order.check(type, operation));
		}
	}

	private boolean areProxiesCreated() {
		if (!this.proxiesCreated) {
			this.proxiesCreated = this.beanFactory.getBeanPostProcessors()
				.stream()
				.anyMatch(AbstractAdvisorAutoProxyCreator.class::isInstance);
		}
		return this.proxiesCreated;
	}

}
