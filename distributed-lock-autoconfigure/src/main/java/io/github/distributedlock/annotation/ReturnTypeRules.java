package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import io.github.distributedlock.interceptor.Contention;

import org.springframework.core.KotlinDetector;
import org.springframework.core.Nullness;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Refuses results that come after the method has returned, and contended calls that would
 * have no result to return.
 */
final class ReturnTypeRules {

	private static final Set<String> DEFERRED = Set.of("org.reactivestreams.Publisher", "kotlinx.coroutines.flow.Flow",
			"kotlinx.coroutines.Deferred");

	private ReturnTypeRules() {
	}

	static void check(LockDeclaration declaration) {
		Class<?> type = declaration.returnType();
		checkComplete(declaration, type);
		if (declaration.isSkip()) {
			checkSkip(declaration, type);
		}
	}

	private static void checkComplete(LockDeclaration declaration, Class<?> type) {
		if (KotlinDetector.isSuspendingFunction(declaration.method())) {
			throw declaration.invalid("it is a suspending function, which may go on after it has returned.",
					"Put @DistributedLock on a function that does not suspend and that it calls.");
		}
		if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
			throw declaration.invalid(
					"it returns a " + type.getSimpleName()
							+ ", whose work may go on after the method has returned and the lock is released.",
					"For @Async, return void, or put @DistributedLock on a method of another bean that the "
							+ "asynchronous one calls.");
		}
		if (isDeferred(type)) {
			throw declaration.invalid(
					"it returns a " + type.getSimpleName()
							+ ", whose work starts after the method has returned and the lock is released.",
					"Put @DistributedLock on a blocking method of another bean that the publisher calls.");
		}
	}

	/**
	 * What the JDK has is told apart without the registry, whose creation loads a few
	 * hundred classes of reactive libraries.
	 */
	private static boolean isDeferred(Class<?> type) {
		if (type.getClassLoader() == null || Flow.Publisher.class.isAssignableFrom(type)) {
			return Flow.Publisher.class.isAssignableFrom(type);
		}
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null || DEFERRED.contains(type.getName())
				|| ClassUtils.getAllInterfacesForClassAsSet(type)
					.stream()
					.map(Class::getName)
					.anyMatch(DEFERRED::contains);
	}

	private static void checkSkip(LockDeclaration declaration, Class<?> type) {
		if (type == void.class || type == Void.class || Contention.hasEmptyValue(type)) {
			return;
		}
		if (type.isPrimitive()) {
			throw declaration.invalid("onContention", "SKIP",
					"a skipped call returns null, and the method returns a primitive " + type.getName() + ".",
					"Return void, an Optional or a type that may be null, or write THROW.");
		}
		if (isNonNull(declaration.method())) {
			throw declaration.invalid("onContention", "SKIP",
					"a skipped call returns null, and the method's " + type.getSimpleName() + " is marked non-null.",
					"Mark it @Nullable, return void or an Optional, or write THROW.");
		}
	}

	private static boolean isNonNull(Method method) {
		return Nullness.forMethodReturnType(method) == Nullness.NON_NULL;
	}

}
