package io.github.distributedlock.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link LockOrderException}.
 */
final class LockOrderFailureAnalyzer extends AbstractFailureAnalyzer<LockOrderException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LockOrderException cause) {
		return new FailureAnalysis(
				"The transaction of " + cause.getMethod() + " would commit after its lock is released: the advisor '"
						+ cause.getAdvisor() + "' has order " + cause.getAdvisorOrder() + ", the lock has order "
						+ cause.getLockOrder() + ", and the smaller order is the outer one.",
				"Set distributed-lock.order to a number below " + cause.getAdvisorOrder()
						+ ", or raise the order of @EnableTransactionManagement.",
				cause);
	}

}
