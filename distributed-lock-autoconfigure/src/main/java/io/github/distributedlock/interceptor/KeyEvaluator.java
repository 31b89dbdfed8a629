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
		Object value = value(operation, key, new KeyContext(this.shared, root, key.positions()));
		try {
			return LockKey.of(operation.name(), value);
		}
		catch (InvalidLockKeyException ex) {
			throw invalid(operation, key, ex.getMessage(), ex);
		}
	}

	private static @Nullable Object value(LockOperation operation, KeyExpression key, EvaluationContext context) {
		try {
			return key.expression().getValue(context);
		}
		catch (EvaluationException ex) {
			throw invalid(operation, key, "The key of lock '" + operation.name() + "' has no value: " + ex.getMessage()
					+ ". Check the arguments before the call, or write a key that allows for them", ex);
		}
	}

	private static InvalidLockKeyException invalid(LockOperation operation, KeyExpression key, @Nullable String reason,
			Exception cause) {
		return new InvalidLockKeyException(operation.describeMethod() + ", key = \"" + key.text() + "\": " + reason,
				cause);
	}

}
