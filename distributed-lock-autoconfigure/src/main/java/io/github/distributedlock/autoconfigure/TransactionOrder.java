package io.github.distributedlock.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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
 *
 * @param lockOrder the order of the lock
 * @param outer the advisors that open transactions outside of it, by the names of their
 * beans
 */
record TransactionOrder(int lockOrder, Map<String, PointcutAdvisor> outer) {

	static TransactionOrder of(ListableBeanFactory beanFactory) {
		int lockOrder = beanFactory.getBean(LockAdvisor.class).getOrder();
		Map<String, PointcutAdvisor> outer = new LinkedHashMap<>();
		Arrays.stream(beanFactory.getBeanNamesForType(PointcutAdvisor.class, true, false)).forEach((name) -> {
			PointcutAdvisor advisor = beanFactory.getBean(name, PointcutAdvisor.class);
			if (order(advisor) <= lockOrder && advisor.getAdvice() instanceof TransactionInterceptor) {
				outer.put(name, advisor);
			}
		});
		return new TransactionOrder(lockOrder, outer);
	}

	void check(Class<?> type, LockOperation operation) {
		this.outer.forEach((name, advisor) -> {
			if (matches(advisor.getPointcut(), type, operation)) {
				throw new LockOrderException(operation.describeMethod(), name, order(advisor), this.lockOrder);
			}
		});
	}

	private static int order(Advisor advisor) {
		return (advisor instanceof Ordered ordered) ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE;
	}

	private static boolean matches(Pointcut pointcut, Class<?> type, LockOperation operation) {
		return pointcut.getClassFilter().matches(type) && pointcut.getMethodMatcher().matches(operation.method(), type);
	}

}
