package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Refuses methods that no proxy can lock.
 */
final class MethodRules {

	private MethodRules() {
	}

	static void check(LockDeclaration declaration) {
		Method method = declaration.method();
		checkModifiers(declaration, method.getModifiers());
		if (ContainerMethods.isBean(method)) {
			throw declaration.invalid("it is a @Bean method, which only makes a bean.",
					"Put @DistributedLock on a method of the bean.");
		}
		if (ContainerMethods.isLifecycleCallback(method)) {
			throw declaration.invalid("the container calls it past every proxy, as @PostConstruct or @PreDestroy.",
					"Call LockRegistry.execute inside it, or put @DistributedLock on a method of another bean "
							+ "that it calls.");
		}
	}

	private static void checkModifiers(LockDeclaration declaration, int modifiers) {
		if (Modifier.isPrivate(modifiers)) {
			throw declaration.invalid("it is private, so no other bean can call it.",
					"Make it public and call it from another bean, or call LockRegistry.execute inside it.");
		}
		if (Modifier.isStatic(modifiers)) {
			throw declaration.invalid("it is static, so no bean stands between it and its callers.",
					"Make it a method of a bean, or call LockRegistry.execute inside it.");
		}
		if (Modifier.isFinal(modifiers)) {
			throw declaration.invalid("it is final, so no proxy can override it.",
					"Remove 'final' (in Kotlin, write 'open'), or call LockRegistry.execute inside it.");
		}
	}

}
