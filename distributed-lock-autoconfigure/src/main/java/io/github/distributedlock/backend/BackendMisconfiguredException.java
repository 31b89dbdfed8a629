package io.github.distributedlock.backend;

import org.jspecify.annotations.Nullable;

/**
 * The store refuses to serve this client (rights, authentication, a value of the wrong
 * type at the key, cluster slots), or failed in a way that is not known as an outage.
 * Never a reason to fail open.
 */
public final class BackendMisconfiguredException extends BackendException {

	/**
	 * Creates the exception for a request that may have been carried out.
	 * @param message what is wrong, as a clause
	 * @param cause what the client reported, if anything
	 */
	public BackendMisconfiguredException(String message, @Nullable Throwable cause) {
		this(message, true, cause);
	}

	/**
	 * Creates the exception.
	 * @param message what is wrong, as a clause
	 * @param outcomeUnknown whether the request may have been, or may yet be, carried out
	 * @param cause what the client reported, if anything
	 */
	public BackendMisconfiguredException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
		super(message, outcomeUnknown, cause);
	}

}
