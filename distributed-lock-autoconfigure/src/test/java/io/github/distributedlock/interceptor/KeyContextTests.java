package io.github.distributedlock.interceptor;

import java.lang.reflect.Method;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelMessage;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyContextTests {

	private static final Map<String, Integer> POSITIONS = Map.of("a0", 0, "p0", 0, "text", 0, "a1", 1, "p1", 1, "count",
			1);

	private static final Method METHOD = ClassUtils.getMethod(Bean.class, "call", String.class, Integer.class);

	private final @Nullable Object[] arguments = { "forty", 2 };

	private SpelExpressionParser parser = new SpelExpressionParser();

	@Test
	void argumentsAreVariablesByNameAndByIndex() {
		assertThat(value("#text + #count + #p0 + #a1")).isEqualTo("forty2forty2");
	}

	@Test
	void absentArgumentIsNull() {
		this.arguments[1] = null;
		assertThat(value("#count ?: 'none'")).isEqualTo("none");
	}

	@Test
	void rootTellsOfTheCall() {
		assertThat(value("#root.methodName + #root.target + #root.targetClass.simpleName + #root.args[1]"))
			.isEqualTo("callthe beanBean2");
	}

	@Test
	void typesMethodsAndIndexesAreThoseOfEveryExpression() {
		assertThat(value("T(Integer).toHexString(#count + 8) + #text.substring(1)[0] + new String('!')"))
			.isEqualTo("ao!");
	}

	@Test
	void nothingIsAssigned() {
		assertThatExceptionOfType(SpelEvaluationException.class).isThrownBy(() -> value("#text = 'other'"))
			.extracting(SpelEvaluationException::getMessageCode)
			.isEqualTo(SpelMessage.NOT_ASSIGNABLE);
		assertThat(this.arguments[0]).isEqualTo("forty");
	}

	@Test
	void compiledExpressionSeesTheSame() {
		this.parser = new SpelExpressionParser(new SpelParserConfiguration(SpelCompilerMode.IMMEDIATE, null));
		Expression expression = this.parser.parseExpression("#text.length()");
		assertThat(expression.getValue(context())).isEqualTo(5);
		this.arguments[0] = "four";
		assertThat(expression.getValue(context())).isEqualTo(4);
	}

	private @Nullable Object value(String expression) {
		return this.parser.parseExpression(expression).getValue(context());
	}

	private KeyContext context() {
		KeyRoot root = new KeyRoot(METHOD, this.arguments, "the bean", Bean.class);
		return new KeyContext(new StandardEvaluationContext(), root, POSITIONS);
	}

	public static class Bean {

		public String call(String text, Integer count) {
			return text + count;
		}

	}

}
