package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.util.ClassUtils;

/**
 * Lets a native image evaluate keys such as {@code #order.id}: the parameter types of
 * locked methods with a key may be reflected upon.
 */
final class KeyHintsAotProcessor implements BeanRegistrationAotProcessor {

	private final CandidateTypes candidates = new CandidateTypes();

	private final DeclarationFinder finder = new DeclarationFinder();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanClass());
		if (!this.candidates.isCandidate(type)) {
			return null;
		}
		Set<Method> methods = MethodIntrospector
			.selectMethods(type, (MetadataLookup<Boolean>) (method) -> hasKey(method, type) ? true : null)
			.keySet();
		return methods.isEmpty() ? null : (context, code) -> methods
			.forEach((method) -> new BindingReflectionHintsRegistrar()
				.registerReflectionHints(context.getRuntimeHints().reflection(), (Type[]) method.getParameterTypes()));
	}

	private boolean hasKey(Method method, Class<?> type) {
		LockDeclaration declaration = this.finder.find(method, method, type);
		return declaration != null && !declaration.text("key").isEmpty();
	}

}
