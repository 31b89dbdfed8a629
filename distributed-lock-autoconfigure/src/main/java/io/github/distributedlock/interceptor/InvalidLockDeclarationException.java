package io.github.distributedlock.interceptor;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * A method declares a lock that cannot work. Thrown before the method ever runs.
 */
public final class InvalidLockDeclarationException extends RuntimeException {

	private final String method;

	private final @Nullable String attribute;

	private final @Nullable String value;

	private final String reason;

	private final String action;

	/**
	 * Creates the exception for a declaration as a whole.
	 * @param method the method
	 * @param reason what is wrong, as a sentence
	 * @param action what to write instead, as a sentence
	 */
	public InvalidLockDeclarationException(Method method, String reason, String action) {
		this(method, null, null, reason, action, null);
	}

	/**
	 * Creates the exception.
	 * @param method the method
	 * @param attribute the attribute that is wrong, if it is one
	 * @param value the attribute's value
	 * @param reason what is wrong, as a sentence
	 * @param action what to write instead, as a sentence
	 * @param cause what was thrown, if anything
	 */
	public InvalidLockDeclarationException(Method method, @Nullable String attribute, @Nullable String value,
			String reason, String action, @Nullable Throwable cause) {
		super("The lock of " + describe(method)
				+ ((attribute != null) ? " cannot have " + attribute + " = \"" + value + "\": " : " cannot work: ")
				+ reason + " " + action, cause);
		this.method = describe(method);
		this.attribute = attribute;
		this.value = value;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Returns a method as {@code class#method(ParameterTypes)}.
	 * @param method the method
	 * @return the text
	 */
	static String describe(Method method) {
		StringBuilder text = new StringBuilder(method.getDeclaringClass().getName());
		text.append('#').append(method.getName()).append('(');
		String separator = "";
		for (Class<?> type : method.getParameterTypes()) {
			text.append(separator).append(ClassUtils.getShortName(type));
			separator = ", ";
		}
		return text.append(')').toString();
	}

	/**
	 * Returns the method, as {@code class#method(ParameterTypes)}.
	 * @return the method
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Returns the attribute that is wrong.
	 * @return the attribute, or {@code null} if it is the declaration as a whole
	 */
	public @Nullable String getAttribute() {
		return this.attribute;
	}

	/**
	 * Returns the attribute's value.
	 * @return the value, or {@code null} without an attribute
	 */
	public @Nullable String getValue() {
		return this.value;
	}

	/**
	 * Returns what is wrong.
	 * @return a sentence
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Returns what to write instead.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
