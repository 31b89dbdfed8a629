package io.github.distributedlock.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import io.github.distributedlock.interceptor.LockInterceptor;
import io.github.distributedlock.interceptor.LockOperation;
import io.github.distributedlock.interceptor.LockOperationSource;

import org.springframework.aop.Advisor;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Tells whether the locked methods of a bean are really locked.
 *
 * @param source knows which methods are locked
 */
record LockedBeans(LockOperationSource source) {

	/**
	 * Returns the locked methods of a bean: those of its class, or of the interfaces of a
	 * proxy whose target knows nothing of them, such as a repository's.
	 * @param bean the bean, possibly a proxy
	 * @return an operation for each
	 */
	Collection<LockOperation> operations(Object bean) {
		if (bean instanceof AopInfrastructureBean) {
			return List.of();
		}
		Collection<LockOperation> operations = this.source.getOperations(AopProxyUtils.ultimateTargetClass(bean));
		return (operations.isEmpty() && Proxy.isProxyClass(bean.getClass()))
				? this.source.getOperations(bean.getClass()) : operations;
	}

	/**
	 * Returns whether a bean carries the advice, or stands for one that is checked by
	 * itself.
	 * @param bean the bean, possibly a proxy
	 * @return whether nothing is missing
	 */
	boolean isAdvised(Object bean) {
		Object current = bean;
		while (current instanceof Advised advised) {
			if (Arrays.stream(advised.getAdvisors()).map(Advisor::getAdvice).anyMatch(LockInterceptor.class::isInstance)
					|| !(advised.getTargetSource() instanceof SingletonTargetSource target)) {
				return true;
			}
			current = target.getTarget();
		}
		return current instanceof SpringProxy;
	}

	void checkCallable(Object bean) {
		if (Proxy.isProxyClass(bean.getClass())) {
			Class<?> targetClass = AopProxyUtils.ultimateTargetClass(bean);
			this.source.getOperations(targetClass)
				.stream()
				.filter((operation) -> AnnotatedElementUtils.hasAnnotation(operation.method(), DistributedLock.class))
				.forEach((operation) -> checkCallable(bean, targetClass, operation));
		}
	}

	private static void checkCallable(Object proxy, Class<?> targetClass, LockOperation operation) {
		boolean callable = Arrays.stream(proxy.getClass().getInterfaces())
			.flatMap((type) -> Arrays.stream(type.getMethods()))
			.anyMatch((method) -> runs(method, targetClass, operation));
		if (!callable) {
			throw new InvalidLockDeclarationException(operation.method(),
					"its bean is proxied by its interfaces, and none of them declares the method.",
					"Declare it in an interface, or set spring.aop.proxy-target-class to true.");
		}
	}

	private static boolean runs(Method method, Class<?> targetClass, LockOperation operation) {
		return AopUtils.getMostSpecificMethod(method, targetClass).equals(operation.method());
	}

}
