package io.github.distributedlock.autoconfigure.redisson;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why the application does not start if it is not clear which Redis keeps the locks.
 */
final class RedisSettingsFailureAnalyzer extends AbstractFailureAnalyzer<RedisSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisSettingsException cause) {
		return new FailureAnalysis(cause.getDescription(), cause.getAction(), cause);
	}

}
