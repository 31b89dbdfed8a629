package io.github.distributedlock.backend;

import org.jspecify.annotations.Nullable;

/**
 * The store refuses to serve this client: rights, authentication, a value of the wrong
 * type at the key, cluster slots. Never a reason to fail open.
 */
public final class BackendMisconfiguredException extends BackendException {

	/**
	 * Creates the exception.
	 * @param message what the store said, as a clause
	 * @param cause what the client reported, if anything
	 */
	public BackendMisconfiguredException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
