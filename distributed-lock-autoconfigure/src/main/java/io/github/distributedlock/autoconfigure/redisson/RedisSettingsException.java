package io.github.distributedlock.autoconfigure.redisson;

import org.jspecify.annotations.Nullable;

/**
 * The settings do not say which Redis keeps the locks.
 */
final class RedisSettingsException extends RuntimeException {

	private final String description;

	private final String action;

	RedisSettingsException(String description, String action) {
		this(description, action, null);
	}

	RedisSettingsException(String description, String action, @Nullable Throwable cause) {
		super(description + " " + action, cause);
		this.description = description;
		this.action = action;
	}

	String getDescription() {
		return this.description;
	}

	String getAction() {
		return this.action;
	}

}
