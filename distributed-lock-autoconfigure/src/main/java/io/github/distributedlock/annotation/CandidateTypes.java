package io.github.distributedlock.annotation;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * Tells quickly which classes cannot have locked methods, as most of an application's
 * classes. Each class is looked at once, however many inherit from it.
 */
final class CandidateTypes {

	private final Map<Class<?>, Boolean> carriers = new ConcurrentHashMap<>(256);

	boolean isCandidate(Class<?> type) {
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			if (isCarrier(current)) {
				return true;
			}
		}
		return ClassUtils.getAllInterfacesForClassAsSet(type).stream().anyMatch(this::isCarrier);
	}

	private boolean isCarrier(Class<?> type) {
		Boolean known = this.carriers.get(type);
		if (known == null) {
			known = AnnotationUtils.isCandidateClass(type, DistributedLock.class) && (isPresent(type)
					|| Arrays.stream(type.getDeclaredMethods()).anyMatch(CandidateTypes::isPresent));
			this.carriers.put(type, known);
		}
		return known;
	}

	private static boolean isPresent(AnnotatedElement element) {
		return MergedAnnotations.from(element).isPresent(DistributedLock.class);
	}

}
