package io.github.distributedlock.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.distributedlock.autoconfigure.DistributedLockProperties.Backend;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link LockBackendMissingException}.
 */
final class LockBackendMissingFailureAnalyzer extends AbstractFailureAnalyzer<LockBackendMissingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LockBackendMissingException cause) {
		Backend backend = cause.getBackend();
		String description = "Distributed locks are to be kept in '" + LockBackendMissingException.value(backend)
				+ "' (distributed-lock.backend), but nothing provides that store.";
		return new FailureAnalysis(description, action(backend), cause);
	}

	private static String action(Backend backend) {
		String library = switch (backend) {
			case REDISSON -> "Add org.redisson:redisson to the classpath";
			case IN_MEMORY -> "Do not exclude InMemoryLockBackendAutoConfiguration";
		};
		String others = Arrays.stream(Backend.values())
			.filter((other) -> other != backend)
			.map(LockBackendMissingException::value)
			.collect(Collectors.joining(", "));
		return library + ", or set distributed-lock.backend to another store (" + others
				+ "). To run without locks for a while, set distributed-lock.enabled to false.";
	}

}
