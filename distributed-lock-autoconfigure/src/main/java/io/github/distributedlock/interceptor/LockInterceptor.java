package io.github.distributedlock.interceptor;

import java.util.function.Supplier;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockedCallback;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Runs a method while its lock is held. What the method throws reaches the caller as it
 * is.
 */
public final class LockInterceptor implements MethodInterceptor, BeanFactoryAware {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			LockInterceptor.class.getClassLoader());

	private final LockOperationSource source;

	private final SingletonSupplier<LockRegistry> registry;

	private final KeyEvaluator keys = new KeyEvaluator();

	private final @Nullable OuterTransactionWarning outerTransactions;

	/**
	 * Creates the interceptor.
	 * @param source knows which methods are locked
	 * @param registry supplies what grants the locks; asked at the first locked call
	 */
	public LockInterceptor(LockOperationSource source, Supplier<LockRegistry> registry) {
		this.source = source;
		this.registry = SingletonSupplier.of(registry);
		this.outerTransactions = TRANSACTIONS ? new OuterTransactionWarning() : null;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.keys.setBeanFactory(beanFactory);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? AopProxyUtils.ultimateTargetClass(target)
				: invocation.getMethod().getDeclaringClass();
		LockOperation operation = this.source.getOperation(invocation.getMethod(), targetClass);
		if (operation == null) {
			return invocation.proceed();
		}
		LockKey key = this.keys.evaluate(operation, target, targetClass, invocation.getArguments());
		return invoke(invocation, operation, operation.request(key));
	}

	private @Nullable Object invoke(MethodInvocation invocation, LockOperation operation, LockRequest request)
			throws Throwable {
		LockRegistry locks = this.registry.obtain();
		if (this.outerTransactions != null) {
			this.outerTransactions.check(operation, request.key(), locks);
		}
		LockedCallback<@Nullable Object, Throwable> callback = (lease) -> invocation.proceed();
		Contention contention = operation.contention();
		return contention.skips() ? locks.executeOrElse(request, callback, contention::result)
				: locks.execute(request, callback);
	}

}
