package io.github.distributedlock.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link LockAdviceMissingException}.
 */
final class LockAdviceMissingFailureAnalyzer extends AbstractFailureAnalyzer<LockAdviceMissingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LockAdviceMissingException cause) {
		String what = "The method " + cause.getMethod() + " of bean '" + cause.getBeanName()
				+ "' would run without its lock: ";
		if (cause.areProxiesCreated()) {
			return new FailureAnalysis(what + "the bean was created too early, or past Spring, to be proxied.",
					"Find out who needs '" + cause.getBeanName()
							+ "' early, usually a BeanPostProcessor, and give it an "
							+ "ObjectProvider or a @Lazy dependency, or make the @Bean method of that BeanPostProcessor "
							+ "static.",
					cause);
		}
		return new FailureAnalysis(what + "no proxies are created for beans.",
				"Add org.springframework.boot:spring-boot-starter-aspectj and do not set spring.aop.auto to false, or "
						+ "enable proxies with @EnableAspectJAutoProxy.",
				cause);
	}

}
