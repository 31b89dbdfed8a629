package io.github.distributedlock.backend;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer, or cannot serve now.
 */
public final class BackendUnavailableException extends BackendException {

	/**
	 * Creates the exception.
	 * @param message what the store did, as a clause
	 * @param outcomeUnknown whether the request may have been, or may yet be, carried out
	 * @param cause what the client reported, if anything
	 */
	public BackendUnavailableException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
		super(message, outcomeUnknown, cause);
	}

}
