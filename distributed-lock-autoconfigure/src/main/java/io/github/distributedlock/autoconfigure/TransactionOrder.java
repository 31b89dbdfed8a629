package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.interceptor.LockAdvisor;
import io.github.distributedlock.interceptor.LockOperation;

import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Refuses a transaction that would be opened outside of the lock.
 */
final class TransactionOrder {

	private TransactionOrder() {
	}

	static void check(ListableBeanFactory beanFactory, Class<?> type, LockOperation operation) {
		int lockOrder = beanFactory.getBean(LockAdvisor.class).getOrder();
		for (String name : beanFactory.getBeanNamesForType(PointcutAdvisor.class, true, false)) {
			PointcutAdvisor advisor = beanFactory.getBean(name, PointcutAdvisor.class);
			if (order(advisor) <= lockOrder && advisor.getAdvice() instanceof TransactionInterceptor
					&& matches(advisor.getPointcut(), type, operation)) {
				throw new LockOrderException(operation.describeMethod(), name, order(advisor), lockOrder);
			}
		}
	}

	private static int order(Advisor advisor) {
		return (advisor instanceof Ordered ordered) ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE;
	}

	private static boolean matches(Pointcut pointcut, Class<?> type, LockOperation operation) {
		return pointcut.getClassFilter().matches(type) && pointcut.getMethodMatcher().matches(operation.method(), type);
	}

}
