package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;
import io.github.distributedlock.interceptor.LockOperation;
import io.github.distributedlock.interceptor.LockOperationSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * Reads {@link DistributedLock} from methods, then from classes, their superclasses and
 * interfaces, once for each method of each class.
 */
public final class AnnotationLockOperationSource implements LockOperationSource {

	private final CandidateTypes candidates = new CandidateTypes();

	private final DeclarationFinder finder = new DeclarationFinder();

	private final DeclarationReader reader;

	private final BooleanSupplier classProxies;

	private final Map<MethodClassKey, Result> results = new ConcurrentHashMap<>(256);

	private final Map<Class<?>, Collection<LockOperation>> operations = new ConcurrentHashMap<>(256);

	/**
	 * Creates the source.
	 * @param placeholders resolves <code>${…}</code> in attributes
	 * @param classProxies tells whether locked classes are subclassed even if they have
	 * interfaces
	 */
	public AnnotationLockOperationSource(StringValueResolver placeholders, BooleanSupplier classProxies) {
		this.reader = new DeclarationReader(placeholders);
		this.classProxies = classProxies;
	}

	@Override
	public @Nullable LockOperation getOperation(Method method, @Nullable Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		Result result = this.results.get(key);
		if (result == null) {
			result = new Result(read(method, (targetClass != null) ? targetClass : method.getDeclaringClass()));
			this.results.put(key, result);
		}
		return result.operation();
	}

	private @Nullable LockOperation read(Method method, Class<?> targetClass) {
		if (method.getDeclaringClass() == Object.class) {
			return null;
		}
		Class<?> userClass = ClassUtils.getUserClass(targetClass);
		Method specific = specific(method, userClass);
		LockDeclaration declaration = this.finder.find(method, specific, userClass);
		return (declaration != null) ? this.reader.read(declaration) : null;
	}

	/**
	 * The methods of a JDK proxy, such as that of a repository, say nothing: those of its
	 * interfaces do.
	 */
	private static Method specific(Method method, Class<?> type) {
		return Proxy.isProxyClass(type) ? ClassUtils.getInterfaceMethodIfPossible(method, type)
				: AopUtils.getMostSpecificMethod(method, type);
	}

	@Override
	public Collection<LockOperation> getOperations(Class<?> targetClass) {
		Class<?> userClass = ClassUtils.getUserClass(targetClass);
		Collection<LockOperation> known = this.operations.get(userClass);
		if (known == null) {
			known = readAll(userClass);
			this.operations.put(userClass, known);
		}
		return known;
	}

	private Collection<LockOperation> readAll(Class<?> type) {
		if (!this.candidates.isCandidate(type)) {
			return List.of();
		}
		Collection<LockOperation> found = List.copyOf(MethodIntrospector
			.selectMethods(type,
					(Method method) -> this.finder.isLocked(method, type) ? getOperation(method, type) : null)
			.values());
		found.forEach((operation) -> checkSubclassing(type, operation));
		return found;
	}

	private void checkSubclassing(Class<?> type, LockOperation operation) {
		if (isFinal(type) && (this.classProxies.getAsBoolean()
				|| ClassUtils.getInterfaceMethodIfPossible(operation.method(), type) == operation.method())) {
			throw new InvalidLockDeclarationException(operation.method(),
					"its class " + type.getName() + " is final, and locking it needs a subclass.",
					"Remove 'final' from the class, or let a bean of another class lock and call it.");
		}
	}

	private static boolean isFinal(Class<?> type) {
		return Modifier.isFinal(type.getModifiers()) && !Proxy.isProxyClass(type) && !ClassUtils.isLambdaClass(type);
	}

	private record Result(@Nullable LockOperation operation) {
	}

}
