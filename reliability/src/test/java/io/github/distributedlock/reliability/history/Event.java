package io.github.distributedlock.reliability.history;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One thing that happened.
 *
 * @param at when, on the monotonic clock that all processes of a machine share
 * @param process where
 * @param kind what
 * @param lock which lock, or empty
 * @param hold which acquisition or owner id, or empty
 * @param number see {@link Kind}
 * @param moment see {@link Kind}
 * @param text see {@link Kind}
 */
public record Event(long at, String process, Kind kind, String lock, String hold, long number, long moment,
		String text) {

	private static final int FIELDS = 8;

	/**
	 * Returns this event as a line.
	 * @return fields, each ended by a tab except for the last
	 */
	public String line() {
		return this.at + "\t" + this.process + "\t" + this.kind + "\t" + this.lock + "\t" + this.hold + "\t"
				+ this.number + "\t" + this.moment + "\t" + this.text.replaceAll("\\s+", " ");
	}

	/**
	 * Reads a line.
	 * @param line what {@link #line} wrote
	 * @return the event
	 */
	public static Event parse(String line) {
		return parse(line, UnaryOperator.identity());
	}

	static Event parse(String line, UnaryOperator<String> names) {
		String[] fields = line.split("\t", -1);
		if (fields.length != FIELDS) {
			throw new IllegalArgumentException("'line' must have " + FIELDS + " fields, but is " + List.of(fields));
		}
		return new Event(Long.parseLong(fields[0]), fields[1].intern(), Kind.valueOf(fields[2]), fields[3].intern(),
				names.apply(fields[4]), Long.parseLong(fields[5]), Long.parseLong(fields[6]), fields[7].intern());
	}

}
