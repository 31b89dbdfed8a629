package io.github.distributedlock.annotation;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringValueResolver;

/**
 * Reads an attribute that may have placeholders.
 *
 * @param resolver resolves them
 */
record PlaceholderAttribute(StringValueResolver resolver) {

	String read(LockDeclaration declaration, String attribute) {
		String written = declaration.text(attribute);
		if (!written.contains("${") && !written.contains("#{")) {
			return written;
		}
		String value = resolve(declaration, attribute, written);
		if (value.contains("${") || value.contains("#{")) {
			throw unresolved(declaration, attribute, written, null);
		}
		return value;
	}

	private String resolve(LockDeclaration declaration, String attribute, String written) {
		try {
			String value = this.resolver.resolveStringValue(written);
			return (value != null) ? value.trim() : "";
		}
		catch (IllegalArgumentException ex) {
			throw unresolved(declaration, attribute, written, ex);
		}
	}

	private static RuntimeException unresolved(LockDeclaration declaration, String attribute, String written,
			@Nullable Throwable cause) {
		return declaration.invalid(attribute, written, "its placeholder has no value.",
				"Set the property, or write a default as in ${property:value}. Expressions (#{...}) belong in key alone.",
				cause);
	}

}
