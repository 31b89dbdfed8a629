package io.github.distributedlock.annotation;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the annotation that applies to a method: on the method that runs, on those that
 * it implements, then on their classes.
 */
final class DeclarationFinder {

	boolean isLocked(Method specific, Class<?> targetClass) {
		return find(specific, specific, targetClass) != null;
	}

	@Nullable LockDeclaration find(Method called, Method specific, Class<?> targetClass) {
		Set<Method> methods = methods(called, specific, targetClass);
		for (Method method : methods) {
			MergedAnnotation<DistributedLock> annotation = get(method);
			if (annotation.isPresent()) {
				return new LockDeclaration(annotation, specific, targetClass);
			}
		}
		return isCoveredByClass(specific) ? findOnClasses(methods, specific, targetClass) : null;
	}

	private @Nullable LockDeclaration findOnClasses(Set<Method> methods, Method specific, Class<?> targetClass) {
		for (Method method : methods) {
			MergedAnnotation<DistributedLock> annotation = get(method.getDeclaringClass());
			if (annotation.isPresent()) {
				return new LockDeclaration(annotation, specific, targetClass);
			}
		}
		return null;
	}

	private static Set<Method> methods(Method called, Method specific, Class<?> targetClass) {
		Set<Method> methods = new LinkedHashSet<>();
		methods.add(specific);
		methods.add(called);
		if (Modifier.isPublic(specific.getModifiers()) && !Modifier.isStatic(specific.getModifiers())) {
			for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(targetClass)) {
				Method declared = ClassUtils.getMethodIfAvailable(type, specific.getName(),
						specific.getParameterTypes());
				if (declared != null) {
					methods.add(declared);
				}
			}
		}
		return methods;
	}

	private static MergedAnnotation<DistributedLock> get(AnnotatedElement element) {
		return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).get(DistributedLock.class);
	}

	private static boolean isCoveredByClass(Method method) {
		return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())
				&& ClassUtils.isUserLevelMethod(method) && !ReflectionUtils.isEqualsMethod(method)
				&& !ReflectionUtils.isHashCodeMethod(method) && !ReflectionUtils.isToStringMethod(method)
				&& !ContainerMethods.isLifecycleCallback(method);
	}

}
