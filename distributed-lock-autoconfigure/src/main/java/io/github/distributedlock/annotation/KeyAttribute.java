package io.github.distributedlock.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.interceptor.KeyExpression;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Reads the key, and refuses an expression that could not be evaluated.
 */
final class KeyAttribute {

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final ParameterNameDiscoverer discoverer = DefaultParameterNameDiscoverer.getSharedInstance();

	@Nullable KeyExpression read(LockDeclaration declaration) {
		String text = declaration.text("key");
		if (text.isEmpty()) {
			return null;
		}
		SpelExpression expression = parse(declaration, text);
		List<List<String>> names = names(declaration);
		new KeyExpressionRules(declaration, text, names).check(expression.getAST());
		KeyTypeRules.check(declaration, text, names, expression.getAST());
		return new KeyExpression(text, expression, positions(declaration.method().getParameterCount(), names));
	}

	private SpelExpression parse(LockDeclaration declaration, String text) {
		try {
			return this.parser.parseRaw(text);
		}
		catch (ParseException ex) {
			throw invalid(declaration, text, ex.getSimpleMessage(), ex);
		}
		catch (IllegalStateException ex) {
			throw invalid(declaration, text, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static RuntimeException invalid(LockDeclaration declaration, String text, String message, Exception cause) {
		return declaration.invalid("key", text, "it is not an expression (" + message + ").",
				"Write a variable such as #order.id, or put text in single quotes: \"'" + text.replace("'", "")
						+ "'\". A lock without a key has a name instead.",
				cause);
	}

	private List<List<String>> names(LockDeclaration declaration) {
		List<List<String>> names = new ArrayList<>();
		Method annotated = declaration.annotatedMethod();
		if (annotated != null) {
			add(names, annotated);
		}
		add(names, declaration.method());
		return names;
	}

	private void add(List<List<String>> names, Method method) {
		@Nullable String[] discovered = this.discoverer.getParameterNames(method);
		if (discovered == null) {
			return;
		}
		List<String> list = new ArrayList<>();
		for (int i = 0; i < discovered.length; i++) {
			String name = discovered[i];
			list.add((name != null) ? name : "p" + i);
		}
		if (!names.contains(list)) {
			names.add(list);
		}
	}

	/**
	 * Returns the variables of {@code @Cacheable}: a parameter by its index and by every
	 * name. Where the annotated method and the one that runs use one name for different
	 * parameters, the annotated one is right.
	 */
	private static Map<String, Integer> positions(int parameters, List<List<String>> names) {
		Map<String, Integer> positions = new HashMap<>();
		for (int i = 0; i < parameters; i++) {
			positions.put("a" + i, i);
			positions.put("p" + i, i);
		}
		for (int i = names.size() - 1; i >= 0; i--) {
			List<String> list = names.get(i);
			for (int j = 0; j < list.size(); j++) {
				positions.put(list.get(j), j);
			}
		}
		return positions;
	}

}
