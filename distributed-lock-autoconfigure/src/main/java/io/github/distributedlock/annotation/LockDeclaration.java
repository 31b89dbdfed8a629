package io.github.distributedlock.annotation;

import java.lang.reflect.Method;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * An annotation as it applies to a method.
 *
 * @param annotation the merged annotation
 * @param method the method that runs
 * @param targetClass the class of its target
 */
record LockDeclaration(MergedAnnotation<DistributedLock> annotation, Method method, Class<?> targetClass) {

	String text(String attribute) {
		return this.annotation.getString(attribute).trim();
	}

	boolean isSkip() {
		return this.annotation.getEnum("onContention",
				DistributedLock.OnContention.class) == DistributedLock.OnContention.SKIP;
	}

	/**
	 * Returns the method that carries the annotation.
	 * @return the method, or {@code null} if a class carries it
	 */
	@Nullable Method annotatedMethod() {
		return (this.annotation.getSource() instanceof Method source) ? source : null;
	}

	/**
	 * Returns the class that carries the annotation or declares the annotated method.
	 * @return the class
	 */
	Class<?> declaringClass() {
		Object source = this.annotation.getSource();
		return (source instanceof Class<?> type) ? type
				: ((source instanceof Method annotated) ? annotated : this.method).getDeclaringClass();
	}

	/**
	 * Returns what the method returns, with the type variables of the target's class.
	 * @return the type
	 */
	Class<?> returnType() {
		return ResolvableType.forMethodReturnType(this.method, this.targetClass).toClass();
	}

	InvalidLockDeclarationException invalid(String reason, String action) {
		return new InvalidLockDeclarationException(this.method, reason, action);
	}

	InvalidLockDeclarationException invalid(String attribute, String value, String reason, String action) {
		return invalid(attribute, value, reason, action, null);
	}

	InvalidLockDeclarationException invalid(String attribute, String value, String reason, String action,
			@Nullable Throwable cause) {
		return new InvalidLockDeclarationException(this.method, attribute, value, reason, action, cause);
	}

}
