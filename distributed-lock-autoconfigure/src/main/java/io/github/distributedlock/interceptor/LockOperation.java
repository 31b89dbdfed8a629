package io.github.distributedlock.interceptor;

import java.lang.reflect.Method;
import java.time.Duration;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * How a method is locked: read once from its declaration, immutable.
 *
 * @param method the method that runs
 * @param name what is locked
 * @param key the expression for which one, or {@code null} if the name says it all
 * @param waitTime how long to wait at most, or {@code null} for the registry's setting
 * @param lease how long the store keeps the lock, or {@code null} for the registry's
 * setting
 * @param renew whether the lease is renewed
 * @param contention what a contended call does
 * @param onUnavailable what to do if the store does not answer, or {@code null} for the
 * registry's setting
 * @param onLost what to do if the lock is lost, or {@code null} for the registry's
 * setting
 */
public record LockOperation(Method method, String name, @Nullable KeyExpression key, @Nullable Duration waitTime,
		@Nullable Duration lease, boolean renew, Contention contention, @Nullable OutagePolicy onUnavailable,
		@Nullable LossPolicy onLost) {

	LockRequest request(LockKey lockKey) {
		return new LockRequest(lockKey, this.waitTime, this.lease, this.renew, this.onUnavailable, this.onLost);
	}

	/**
	 * Returns the method, as {@code class#method(ParameterTypes)}.
	 * @return the method
	 */
	public String describeMethod() {
		return InvalidLockDeclarationException.describe(this.method);
	}

	/**
	 * Returns the lock as people read it, such as
	 * {@code com.acme.Orders[#order.id], lease 30s}.
	 * @return the text
	 */
	public String describeLock() {
		StringBuilder text = new StringBuilder(this.name);
		if (this.key != null) {
			text.append('[').append(this.key.text()).append(']');
		}
		append(text, "wait time", print(this.waitTime));
		append(text, "lease", print(this.lease));
		append(text, "on unavailable", this.onUnavailable);
		append(text, "on lost", this.onLost);
		text.append(this.renew ? "" : ", not renewed");
		return text.append(this.contention.skips() ? ", skipped if contended" : "").toString();
	}

	private static @Nullable String print(@Nullable Duration duration) {
		return (duration != null) ? DurationFormatterUtils.print(duration, DurationFormat.Style.COMPOSITE) : null;
	}

	private static void append(StringBuilder text, String what, @Nullable Object value) {
		if (value != null) {
			text.append(", ").append(what).append(' ').append(value);
		}
	}

}
