package io.github.distributedlock.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineList;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * Refuses bare words and variables that a call would not provide.
 */
final class KeyExpressionRules {

	private static final Set<String> ROOT_PROPERTIES = Set.of("method", "methodName", "target", "targetClass", "args");

	private static final Pattern INDEXED = Pattern.compile("[ap]\\d{1,3}");

	private final LockDeclaration declaration;

	private final String text;

	private final List<List<String>> names;

	private final int parameterCount;

	KeyExpressionRules(LockDeclaration declaration, String text, List<List<String>> names) {
		this.declaration = declaration;
		this.text = text;
		this.names = names;
		this.parameterCount = declaration.method().getParameterCount();
	}

	void check(SpelNode expression) {
		if (expression instanceof InlineList || expression instanceof InlineMap) {
			throw invalid("a collection is not one lock.",
					"Write one value; for several values that belong together, a record of them.");
		}
		check(expression, true, false);
	}

	private void check(SpelNode node, boolean onRoot, boolean inElement) {
		if (node instanceof VariableReference) {
			checkVariable(node.toStringAST().substring(1));
		}
		else if (node instanceof FunctionReference) {
			String function = node.toStringAST();
			throw invalid("there is no function " + function + ".",
					"Call a method of a parameter, or of a bean: @bean.method(…).");
		}
		else if (onRoot && node instanceof PropertyOrFieldReference property) {
			throw bareWord(property.getName());
		}
		else if (onRoot && node instanceof MethodReference method) {
			throw invalid("there is nothing to call " + method.getName() + "() on.",
					"Write #root.target." + method.getName() + "(…) for a method of the bean itself.");
		}
		checkChildren(node, inElement);
	}

	private void checkChildren(SpelNode node, boolean inElement) {
		boolean element = inElement || node instanceof Selection || node instanceof Projection;
		for (int i = 0; i < node.getChildCount(); i++) {
			SpelNode child = node.getChild(i);
			if (!isLiteralWord(node, child, i)) {
				check(child, !element && !isStep(node, i), element);
			}
		}
	}

	private static boolean isLiteralWord(SpelNode parent, SpelNode child, int index) {
		return child instanceof PropertyOrFieldReference
				&& (parent instanceof Indexer || (parent instanceof InlineMap && index % 2 == 0));
	}

	private static boolean isStep(SpelNode parent, int index) {
		return parent instanceof CompoundExpression && index > 0;
	}

	private void checkVariable(String name) {
		if (name.equals("root") || name.equals("this") || isIndexed(name)
				|| this.names.stream().anyMatch((list) -> list.contains(name))) {
			return;
		}
		if (this.names.isEmpty() && this.parameterCount > 0) {
			throw invalid(
					"the names of the parameters are not in the class file, so there is no variable #" + name + ".",
					"Compile with -parameters (for Kotlin, -java-parameters), or write #p0 for the first parameter.");
		}
		throw invalid("there is no variable #" + name + ".", "Write " + variables() + ".");
	}

	private boolean isIndexed(String name) {
		return INDEXED.matcher(name).matches() && Integer.parseInt(name.substring(1)) < this.parameterCount;
	}

	private RuntimeException bareWord(String word) {
		if (this.names.stream().anyMatch((list) -> list.contains(word))) {
			return invalid("'" + word + "' is a bare word, not the parameter.", "Write #" + word + ".");
		}
		String hint = ROOT_PROPERTIES.contains(word) ? ", or #root." + word + " if that is meant" : "";
		return invalid("'" + word + "' is a bare word that means nothing in an expression.",
				"Write name = \"" + this.text + "\" if the lock needs no key, put text in single quotes as in \"'"
						+ this.text.replace("'", "") + "'\"" + hint + ".");
	}

	private String variables() {
		List<String> variables = new ArrayList<>();
		this.names.forEach((list) -> list.stream()
			.map((name) -> "#" + name)
			.filter((variable) -> !variables.contains(variable))
			.forEach(variables::add));
		if (this.parameterCount > 0) {
			variables.add("#p0");
		}
		variables.add("#root.methodName");
		variables.add("#root.target");
		return String.join(", ", variables.subList(0, variables.size() - 1)) + " or "
				+ variables.get(variables.size() - 1);
	}

	private RuntimeException invalid(String reason, String action) {
		return this.declaration.invalid("key", this.text, reason, action);
	}

}
