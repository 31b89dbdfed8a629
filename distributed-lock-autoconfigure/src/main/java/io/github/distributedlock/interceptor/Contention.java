package io.github.distributedlock.interceptor;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * What a contended call does.
 *
 * @param skips whether it returns without running the method; otherwise it throws
 * @param result what it then returns
 */
public record Contention(boolean skips, @Nullable Object result) {

	/**
	 * The call throws.
	 */
	public static final Contention THROW = new Contention(false, null);

	/**
	 * Returns that a call is skipped, with the empty result of a type.
	 * @param returnType the method's return type
	 * @return an empty optional for an optional type, else {@code null}
	 */
	public static Contention skip(Class<?> returnType) {
		return new Contention(true, empty(returnType));
	}

	/**
	 * Returns whether a type is an optional one, with an empty value of its own.
	 * @param type the type
	 * @return whether there is an empty value
	 */
	public static boolean hasEmptyValue(Class<?> type) {
		return empty(type) != null;
	}

	private static @Nullable Object empty(Class<?> type) {
		if (type == Optional.class) {
			return Optional.empty();
		}
		if (type == OptionalInt.class) {
			return OptionalInt.empty();
		}
		if (type == OptionalLong.class) {
			return OptionalLong.empty();
		}
		return (type == OptionalDouble.class) ? OptionalDouble.empty() : null;
	}

}
