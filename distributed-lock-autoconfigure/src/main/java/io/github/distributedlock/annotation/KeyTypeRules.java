package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.util.ClassUtils;

/**
 * Refuses a parameter as key if no value of its type could ever be one.
 */
final class KeyTypeRules {

	private static final List<Class<?>> KEY_TYPES = List.of(String.class, Character.class, Boolean.class, UUID.class,
			Integer.class, Long.class, Short.class, Byte.class, BigInteger.class, BigDecimal.class, Enum.class,
			Record.class);

	private KeyTypeRules() {
	}

	static void check(LockDeclaration declaration, String text, List<List<String>> names, SpelNode expression) {
		Class<?> type = type(declaration, names, expression);
		if (type == null) {
			return;
		}
		if (type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
			throw declaration.invalid("key", text, "a " + type.getSimpleName() + " is not one lock.",
					"Write one value, or lock each element by itself.");
		}
		if (!canBeKey(ClassUtils.resolvePrimitiveIfNecessary(type))) {
			throw declaration.invalid("key", text,
					"the text of a " + type.getName() + " does not identify it reliably.",
					"Write a property that does, such as " + text + ".id.");
		}
	}

	private static @Nullable Class<?> type(LockDeclaration declaration, List<List<String>> names, SpelNode expression) {
		if (!(expression instanceof VariableReference)) {
			return null;
		}
		int index = index(expression.toStringAST().substring(1), names);
		Method method = declaration.method();
		return (index >= 0) ? ResolvableType.forMethodParameter(method, index, declaration.targetClass()).toClass()
				: null;
	}

	private static int index(String variable, List<List<String>> names) {
		for (List<String> list : names) {
			if (list.contains(variable)) {
				return list.indexOf(variable);
			}
		}
		return variable.matches("[ap]\\d+") ? Integer.parseInt(variable.substring(1)) : -1;
	}

	private static boolean canBeKey(Class<?> type) {
		return type.isInterface() || type.isEnum() || type.isRecord() || type.getName().startsWith("java.time.")
				|| KEY_TYPES.stream().anyMatch((keyType) -> type.isAssignableFrom(keyType));
	}

}
