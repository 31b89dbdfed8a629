package io.github.distributedlock;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a lock within a namespace.
 *
 * @param name what is locked: static and of low cardinality, such as {@code orders}
 * @param key which one, such as an order number, as text, or {@code null} if the name
 * says it all
 */
public record LockKey(String name, @Nullable String key) {

	public LockKey {
		if (name == null || name.isBlank()) {
			throw new InvalidLockKeyException(
					"The name of a lock must not be empty: say what is locked, as in 'orders'");
		}
		if (key != null && key.isEmpty()) {
			throw new InvalidLockKeyException("The key of lock '" + name
					+ "' is empty: use a value that identifies what is locked, or no key at all");
		}
	}

	/**
	 * Returns the key of a lock that its name alone identifies.
	 * @param name what is locked
	 * @return the key
	 */
	public static LockKey of(String name) {
		return new LockKey(name, null);
	}

	/**
	 * Returns the key of one lock among those of a name.
	 * @param name what is locked
	 * @param key which one: a {@code String}, an integer, a boolean, a {@code BigDecimal}
	 * (trailing zeros do not count), an enum (by its name), a {@code UUID}, a value of
	 * {@code java.time}, or a record made of those. {@code 42} and {@code "42"} are the
	 * same key
	 * @return the key
	 * @throws InvalidLockKeyException if the value is {@code null}, empty, or has no text
	 * that identifies it
	 */
	public static LockKey of(String name, @Nullable Object key) {
		return new LockKey(name, KeyText.of(name, key));
	}

	/**
	 * Returns the lock as people read it: {@code name} or {@code name:key}, at most a few
	 * hundred characters on one line. It is for messages, not for telling locks apart:
	 * what is long is cut off, and control characters are written as {@code \\u000a}.
	 */
	@Override
	public String toString() {
		String readableName = ReadableText.of(this.name);
		return (this.key != null) ? readableName + ":" + ReadableText.of(this.key) : readableName;
	}

}
