package io.github.distributedlock;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.StringJoiner;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The text of a value that identifies a lock. Only values whose text says all there is to
 * them, the same in every JVM, have one.
 */
final class KeyText {

	private static final int MOST_ZEROS = 1000;

	private KeyText() {
	}

	static String of(String name, @Nullable Object value) {
		if (value == null) {
			throw new InvalidLockKeyException("The key of lock '" + name
					+ "' is null: nothing would be locked apart. Pass a value, or check for null before the call");
		}
		if (value instanceof String || value instanceof Character || value instanceof Boolean || value instanceof UUID
				|| isInteger(value) || isTime(value)) {
			return value.toString();
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value.getClass() == BigDecimal.class) {
			return number(name, (BigDecimal) value);
		}
		if (value instanceof Record components) {
			return record(name, components);
		}
		throw new InvalidLockKeyException("The key of lock '" + name + "' is a " + value.getClass().getName()
				+ ", whose text does not identify it reliably: use a property of it, such as its id");
	}

	private static String number(String name, BigDecimal value) {
		if (value.signum() == 0) {
			return "0";
		}
		BigDecimal number = value.stripTrailingZeros();
		if (Math.abs((long) number.scale()) > MOST_ZEROS) {
			throw new InvalidLockKeyException("The key of lock '" + name + "' is a BigDecimal with an exponent of "
					+ -(long) number.scale() + ": use a number that can be written with at most " + MOST_ZEROS
					+ " digits beside its own");
		}
		return number.toPlainString();
	}

	private static boolean isInteger(Object value) {
		return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
				|| value.getClass() == BigInteger.class;
	}

	private static boolean isTime(Object value) {
		return (value instanceof TemporalAccessor || value instanceof TemporalAmount
				|| value instanceof java.time.ZoneId) && value.getClass().getName().startsWith("java.time.");
	}

	/**
	 * A record within a record stands there as it is, and what looks like one is escaped.
	 */
	private static String record(String name, Record value) {
		RecordComponent[] components = value.getClass().getRecordComponents();
		if (components.length == 0) {
			throw new InvalidLockKeyException("The key of lock '" + name + "' is a " + value.getClass().getName()
					+ ", which has no components to tell it apart: use a value that identifies what is locked");
		}
		StringJoiner text = new StringJoiner(",", "(", ")");
		for (RecordComponent component : components) {
			Object part = read(name, value, component);
			text.add((part instanceof Record) ? of(name, part) : escaped(of(name, part)));
		}
		return text.toString();
	}

	private static String escaped(String text) {
		return text.replace("\\", "\\\\").replace(",", "\\,").replace("(", "\\(").replace(")", "\\)");
	}

	private static @Nullable Object read(String name, Record value, RecordComponent component) {
		try {
			component.getAccessor().trySetAccessible();
			return component.getAccessor().invoke(value);
		}
		catch (IllegalAccessException ex) {
			throw new InvalidLockKeyException("The key of lock '" + name + "' is a " + value.getClass().getName()
					+ ", which is not accessible: make the record public, or use a property of it");
		}
		catch (InvocationTargetException ex) {
			throw new InvalidLockKeyException(
					"The key of lock '" + name + "' cannot be read: " + component.getName() + "() of "
							+ value.getClass().getName() + " threw " + ex.getTargetException(),
					ex.getTargetException());
		}
	}

}
