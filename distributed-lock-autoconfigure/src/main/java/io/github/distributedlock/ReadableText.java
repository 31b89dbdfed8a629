package io.github.distributedlock;

/**
 * Text from elsewhere in a form that a line of a log can bear: bounded, and without
 * characters that would begin a new line, colour a terminal or turn the direction of the
 * text.
 */
final class ReadableText {

	private static final int LONGEST = 200;

	private ReadableText() {
	}

	static String of(String text) {
		int length = Math.min(text.length(), LONGEST);
		int plain = 0;
		while (plain < length && isPlain(text.charAt(plain))) {
			plain++;
		}
		if (plain == text.length()) {
			return text;
		}
		StringBuilder readable = new StringBuilder(length + 20).append(text, 0, plain);
		int position = plain;
		while (position < length) {
			int point = text.codePointAt(position);
			append(readable, point);
			position += Character.charCount(point);
		}
		if (position < text.length()) {
			readable.append("… (").append(text.length()).append(" characters)");
		}
		return readable.toString();
	}

	private static boolean isPlain(char character) {
		return character >= ' ' && character <= '~';
	}

	private static void append(StringBuilder readable, int point) {
		switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
				readable.append(String.format("\\u%04x", point));
			default -> readable.appendCodePoint(point);
		}
	}

}
