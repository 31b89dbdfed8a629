package io.github.distributedlock.interceptor;

import java.lang.reflect.Method;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Knows which methods are locked, and how. Implementations read each declaration once.
 */
public interface LockOperationSource {

	/**
	 * Returns how a method is locked.
	 * @param method the method that is called, possibly an interface's
	 * @param targetClass the class of the target, or {@code null} if it is the method's
	 * @return the operation, or {@code null} if the method is not locked
	 * @throws InvalidLockDeclarationException if the method declares a lock that cannot
	 * work
	 */
	@Nullable LockOperation getOperation(Method method, @Nullable Class<?> targetClass);

	/**
	 * Returns the locked methods of a class.
	 * @param targetClass the class
	 * @return an operation for each
	 * @throws InvalidLockDeclarationException if any of its methods declares a lock that
	 * cannot work
	 */
	Collection<LockOperation> getOperations(Class<?> targetClass);

}
