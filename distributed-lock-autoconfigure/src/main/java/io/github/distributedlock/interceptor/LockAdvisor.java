package io.github.distributedlock.interceptor;

import java.lang.reflect.Method;

import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * Applies the {@link LockInterceptor} to every locked method.
 */
public final class LockAdvisor extends AbstractPointcutAdvisor {

	private final transient Pointcut pointcut;

	private final transient LockInterceptor interceptor;

	/**
	 * Creates the advisor.
	 * @param source knows which methods are locked
	 * @param interceptor the advice
	 * @param order where the advice stands among others; the smaller, the further outside
	 */
	public LockAdvisor(LockOperationSource source, LockInterceptor interceptor, int order) {
		this.pointcut = new LockedMethods(source);
		this.interceptor = interceptor;
		setOrder(order);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.interceptor;
	}

	private static final class LockedMethods extends StaticMethodMatcherPointcut {

		private final LockOperationSource source;

		LockedMethods(LockOperationSource source) {
			this.source = source;
			setClassFilter(new LockedClasses(source));
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return this.source.getOperation(method, targetClass) != null;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof LockedMethods that && this.source == that.source;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.source);
		}

	}

	private record LockedClasses(LockOperationSource source) implements ClassFilter {

		@Override
		public boolean matches(Class<?> type) {
			return !this.source.getOperations(type).isEmpty();
		}

		/** Asked for each proxy, as part of what tells proxy classes apart. */
		@Override
		public String toString() {
			return LockedClasses.class.getName().concat(": ").concat(this.source.toString());
		}

	}

}
