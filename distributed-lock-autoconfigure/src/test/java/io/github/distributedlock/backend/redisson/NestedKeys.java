package io.github.distributedlock.backend.redisson;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * Keys that are records of texts and of records, with texts that look like the encoding
 * of a record. The same seed gives the same keys.
 */
final class NestedKeys {

	private static final int DEEPEST = 3;

	private static final List<String> PIECES = List.of("(", ")", ",", "\\", "\\(", "\\)", "\\,", "(a,b)", "((", "))",
			"\\\\", "a", "b", "1", "()", "(,)");

	private final SplittableRandom random;

	private final HostileTexts texts;

	NestedKeys(long seed) {
		this.random = new SplittableRandom(seed);
		this.texts = new HostileTexts(seed);
	}

	Record next() {
		return record(1);
	}

	private Record record(int depth) {
		return switch (this.random.nextInt(3)) {
			case 0 -> new One(component(depth));
			case 1 -> new Two(component(depth), component(depth));
			default -> new Three(component(depth), component(depth), component(depth));
		};
	}

	private Object component(int depth) {
		int kind = this.random.nextInt(10);
		if (kind < 3 && depth < DEEPEST) {
			return record(depth + 1);
		}
		if (kind == 3) {
			return this.texts.next(2);
		}
		StringBuilder text = new StringBuilder();
		for (int pieces = this.random.nextInt(4); pieces > 0; pieces--) {
			text.append(PIECES.get(this.random.nextInt(PIECES.size())));
		}
		return text.toString();
	}

	/**
	 * Returns what a key consists of: a list for a record, a text for a text.
	 */
	static Object content(Object value) {
		if (value instanceof One one) {
			return List.of(content(one.first()));
		}
		if (value instanceof Two two) {
			return List.of(content(two.first()), content(two.second()));
		}
		if (value instanceof Three three) {
			return List.of(content(three.first()), content(three.second()), content(three.third()));
		}
		return value;
	}

	/**
	 * Reads the text of a record back.
	 * @return what it consists of, or {@code null} if it is no such text
	 */
	static @Nullable Object read(String text) {
		Reader reader = new Reader(text);
		Object content = reader.component();
		return (reader.position == text.length()) ? content : null;
	}

	private static final class Reader {

		private final String text;

		private int position;

		Reader(String text) {
			this.text = text;
		}

		private char at(int index) {
			return (index < this.text.length()) ? this.text.charAt(index) : '\0';
		}

		Object component() {
			if (at(this.position) != '(') {
				return plain();
			}
			List<Object> parts = new ArrayList<>();
			do {
				this.position++;
				parts.add(component());
			}
			while (at(this.position) == ',');
			this.position++;
			return parts;
		}

		private String plain() {
			StringBuilder plain = new StringBuilder();
			while (this.position < this.text.length() && at(this.position) != ',' && at(this.position) != ')') {
				this.position += (at(this.position) == '\\') ? 1 : 0;
				plain.append(at(this.position++));
			}
			return plain.toString();
		}

	}

	record One(Object first) {
	}

	record Two(Object first, Object second) {
	}

	record Three(Object first, Object second, Object third) {
	}

}
