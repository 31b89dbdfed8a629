package io.github.distributedlock.annotation;

import java.lang.reflect.Method;

import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Methods that the container calls itself, past every proxy.
 */
final class ContainerMethods {

	private static final String POST_CONSTRUCT = "jakarta.annotation.PostConstruct";

	private static final String PRE_DESTROY = "jakarta.annotation.PreDestroy";

	private ContainerMethods() {
	}

	static boolean isBean(Method method) {
		return AnnotatedElementUtils.isAnnotated(method, Bean.class);
	}

	static boolean isLifecycleCallback(Method method) {
		return AnnotatedElementUtils.isAnnotated(method, POST_CONSTRUCT)
				|| AnnotatedElementUtils.isAnnotated(method, PRE_DESTROY);
	}

}
