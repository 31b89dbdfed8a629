package io.github.distributedlock.interceptor;

import io.github.distributedlock.InvalidLockKeyException;
import io.github.distributedlock.LockKey;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Evaluates the key of a call, with the root and the variables of {@code @Cacheable}.
 */
final class KeyEvaluator {

	private final StandardEvaluationContext shared = new StandardEvaluationContext();

	void setBeanFactory(BeanFactory beanFactory) {
		this.shared.setBeanResolver(new BeanFactoryResolver(beanFactory));
	}

	LockKey evaluate(LockOperation operation, @Nullable Object target, Class<?> targetClass,
			@Nullable Object[] arguments) {
		KeyExpression key = operation.key();
		if (key == null) {
			return LockKey.of(operation.name());
		}
		KeyRoot root = new KeyRoot(operation.method(), arguments, target, targetClass);
		KeyContext context = new KeyContext(root, key.parameterNames());
		this.shared.applyDelegatesTo(context);
		try {
			return LockKey.of(operation.name(), value(operation, key, context));
		}
		catch (InvalidLockKeyException ex) {
			throw (ex.getCause() != null) ? ex : new InvalidLockKeyException(describe(operation, key, ex), ex);
		}
	}

	private static @Nullable Object value(LockOperation operation, KeyExpression key, EvaluationContext context) {
		try {
			return key.expression().getValue(context);
		}
		catch (EvaluationException ex) {
			throw new InvalidLockKeyException(describe(operation, key, ex), ex);
		}
	}

	private static String describe(LockOperation operation, KeyExpression key, Exception ex) {
		return "The key \"" + key.text() + "\" of " + operation.describeMethod() + ", lock '" + operation.name()
				+ "', has no value that identifies a lock: " + ex.getMessage();
	}

}
