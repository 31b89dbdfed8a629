package io.github.distributedlock.backend;

import org.jspecify.annotations.Nullable;

/**
 * The store did not do what it was asked to.
 */
public abstract sealed class BackendException extends RuntimeException
		permits BackendUnavailableException, BackendMisconfiguredException {

	BackendException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
