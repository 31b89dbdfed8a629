package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.interceptor.InvalidLockDeclarationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains an {@link InvalidLockDeclarationException}.
 */
final class InvalidLockDeclarationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidLockDeclarationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidLockDeclarationException cause) {
		String attribute = (cause.getAttribute() != null)
				? " with " + cause.getAttribute() + " = \"" + cause.getValue() + "\"" : "";
		return new FailureAnalysis(
				"The method " + cause.getMethod() + " cannot be locked" + attribute + ": " + cause.getReason(),
				cause.getAction(), cause);
	}

}
