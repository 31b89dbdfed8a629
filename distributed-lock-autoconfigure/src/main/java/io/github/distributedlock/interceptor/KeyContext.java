package io.github.distributedlock.interceptor;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * The variables of a key expression: the arguments by index and by every name that the
 * parameters have, loaded only if a variable is asked for.
 */
final class KeyContext extends MethodBasedEvaluationContext {

	private static final ParameterNameDiscoverer NO_NAMES = new NoNames();

	private final @Nullable Object[] arguments;

	private final List<List<String>> parameterNames;

	KeyContext(KeyRoot root, List<List<String>> parameterNames) {
		super(root, root.getMethod(), root.getArgs(), NO_NAMES);
		this.arguments = root.getArgs();
		this.parameterNames = parameterNames;
	}

	@Override
	protected void lazyLoadArguments() {
		super.lazyLoadArguments();
		for (int i = this.parameterNames.size() - 1; i >= 0; i--) {
			List<String> names = this.parameterNames.get(i);
			for (int j = 0; j < names.size(); j++) {
				setVariable(names.get(j), this.arguments[j]);
			}
		}
	}

	private static final class NoNames implements ParameterNameDiscoverer {

		@Override
		public String @Nullable [] getParameterNames(Method method) {
			return null;
		}

		@Override
		public String @Nullable [] getParameterNames(Constructor<?> constructor) {
			return null;
		}

	}

}
