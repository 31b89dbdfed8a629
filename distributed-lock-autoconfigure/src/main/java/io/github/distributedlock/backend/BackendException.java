package io.github.distributedlock.backend;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The store did not do what it was asked to. The message is one line of bounded length,
 * whatever the store said.
 */
public abstract sealed class BackendException extends RuntimeException
		permits BackendUnavailableException, BackendMisconfiguredException {

	private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

	private static final int LONGEST_MESSAGE = 1000;

	private final boolean outcomeUnknown;

	BackendException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
		super(line(message), cause);
		this.outcomeUnknown = outcomeUnknown;
	}

	/**
	 * Returns whether the request may have been, or may yet be, carried out.
	 * @return {@code false} only if it surely was not and will not be
	 */
	public boolean isOutcomeUnknown() {
		return this.outcomeUnknown;
	}

	private static String line(String message) {
		String bounded = (message.length() > LONGEST_MESSAGE) ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
		return UNREADABLE.matcher(bounded).replaceAll("?");
	}

}
