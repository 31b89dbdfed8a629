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

	BackendException(String message, @Nullable Throwable cause) {
		super(line(message), cause);
	}

	private static String line(String message) {
		String bounded = (message.length() > LONGEST_MESSAGE) ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
		return UNREADABLE.matcher(bounded).replaceAll("?");
	}

}
