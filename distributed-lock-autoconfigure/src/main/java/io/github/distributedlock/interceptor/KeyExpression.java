package io.github.distributedlock.interceptor;

import java.util.Map;

import org.springframework.expression.Expression;

/**
 * An expression for the key of a lock, parsed once.
 *
 * @param text what was written
 * @param expression the parsed expression
 * @param positions the position of the argument behind each variable
 */
public record KeyExpression(String text, Expression expression, Map<String, Integer> positions) {

	public KeyExpression {
		positions = Map.copyOf(positions);
	}

}
