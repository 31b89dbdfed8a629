package io.github.distributedlock.annotation;

import java.time.Duration;
import java.util.regex.Pattern;

import io.github.distributedlock.LockRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads an attribute that is a duration with its unit.
 *
 * @param placeholders reads its text
 */
record DurationAttribute(PlaceholderAttribute placeholders) {

	private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

	@Nullable Duration readWaitTime(LockDeclaration declaration) {
		String text = this.placeholders.read(declaration, "waitTime");
		Duration waitTime = parse(declaration, "waitTime", text);
		if (waitTime != null && waitTime.isNegative()) {
			throw declaration.invalid("waitTime", text, "it is negative.",
					"Write 0s to try once, or leave it out for distributed-lock.wait-time.");
		}
		return waitTime;
	}

	@Nullable Duration readLease(LockDeclaration declaration) {
		String text = this.placeholders.read(declaration, "lease");
		Duration lease = parse(declaration, "lease", text);
		if (lease != null && lease.compareTo(LockRequest.SHORTEST_LEASE) < 0) {
			throw declaration.invalid("lease", text, "it is too short for two renewals to fit.",
					"Write at least 500ms: the lock is released when the method ends, however long the lease is.");
		}
		return lease;
	}

	private static @Nullable Duration parse(LockDeclaration declaration, String attribute, String text) {
		if (text.isEmpty()) {
			return null;
		}
		if (NUMBER.matcher(text).matches()) {
			throw declaration.invalid(attribute, text, "it has no unit.",
					"Write " + text + "s for seconds, or " + text + "ms for milliseconds.");
		}
		try {
			return DurationFormatterUtils.detectAndParse(text);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw declaration.invalid(attribute, text, "it is not a duration.",
					"Write a number with its unit, such as 500ms, 30s or 5m, or ISO-8601, such as PT30S.", ex);
		}
	}

}
