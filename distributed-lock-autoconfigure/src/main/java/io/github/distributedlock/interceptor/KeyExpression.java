package io.github.distributedlock.interceptor;

import java.util.List;

import org.springframework.expression.Expression;

/**
 * An expression for the key of a lock, parsed once.
 *
 * @param text what was written
 * @param expression the parsed expression
 * @param parameterNames the names of the method's parameters, in order; more than one
 * list if the annotated method and the one that runs name them differently, the annotated
 * one first
 */
public record KeyExpression(String text, Expression expression, List<List<String>> parameterNames) {

	public KeyExpression {
		parameterNames = List.copyOf(parameterNames);
	}

}
