package io.github.distributedlock.backend.redisson;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Writes any Java string in a small alphabet, so that different strings never look the
 * same: letters, digits and {@code -._~$#@/+=,} stay, everything else becomes {@code %XX}
 * for each byte of its UTF-8 form. A lone surrogate is written as the three bytes that
 * UTF-8 would use for it.
 */
final class PlainText {

	private static final String KEPT = "-._~$#@/+=,";

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private PlainText() {
	}

	static String encode(String text) {
		int plain = 0;
		while (plain < text.length() && isKept(text.charAt(plain))) {
			plain++;
		}
		if (plain == text.length()) {
			return text;
		}
		StringBuilder encoded = new StringBuilder(text.length() * 3).append(text, 0, plain);
		text.codePoints().skip(plain).forEach((point) -> append(encoded, point));
		return encoded.toString();
	}

	/**
	 * Reads what {@link #encode} wrote.
	 * @param encoded the written text
	 * @return the string, or {@code null} if {@link #encode} never writes this
	 */
	static @Nullable String decode(String encoded) {
		StringBuilder text = new StringBuilder(encoded.length());
		int position = 0;
		while (position < encoded.length()) {
			char next = encoded.charAt(position);
			if (next != '%') {
				text.append(next);
				position++;
				continue;
			}
			int point = point(encoded, position);
			if (point < 0) {
				return null;
			}
			text.appendCodePoint(point);
			position += 3 * width(point);
		}
		String decoded = text.toString();
		return (encode(decoded).equals(encoded)) ? decoded : null;
	}

	/**
	 * Shortens an encoded text to a prefix and its SHA-256, in a form that
	 * {@link #encode} never writes.
	 * @param encoded the text
	 * @param limit the length up to which it stays as it is
	 * @return the text, or its short form
	 */
	static String shorten(String encoded, int limit) {
		if (encoded.length() <= limit) {
			return encoded;
		}
		String prefix = encoded.substring(0, limit / 2);
		int escape = prefix.lastIndexOf('%');
		if (escape > prefix.length() - 3) {
			prefix = prefix.substring(0, escape);
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded.getBytes(StandardCharsets.US_ASCII));
			return prefix + "%~" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isKept(int point) {
		return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9')
				|| KEPT.indexOf(point) >= 0;
	}

	private static void append(StringBuilder encoded, int point) {
		if (isKept(point)) {
			encoded.appendCodePoint(point);
			return;
		}
		for (byte part : bytes(point)) {
			encoded.append('%');
			HEX.toHexDigits(encoded, part);
		}
	}

	private static byte[] bytes(int point) {
		if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
			return new byte[] { (byte) (0xE0 | point >> 12), (byte) (0x80 | (point >> 6 & 0x3F)),
					(byte) (0x80 | (point & 0x3F)) };
		}
		return Character.toString(point).getBytes(StandardCharsets.UTF_8);
	}

	private static int width(int point) {
		return (point < 0x80) ? 1 : (point < 0x800) ? 2 : (point < 0x10000) ? 3 : 4;
	}

	/**
	 * Reads one escaped code point. What is not in its shortest form, or not escaped as
	 * {@link #encode} would, is found out by encoding the result again.
	 */
	private static int point(String encoded, int position) {
		int first = octet(encoded, position);
		int width = (first < 0) ? 0 : (first < 0x80) ? 1 : (first < 0xE0) ? 2 : (first < 0xF0) ? 3 : 4;
		ByteBuffer parts = ByteBuffer.allocate(4);
		for (int i = 0; i < width; i++) {
			int part = octet(encoded, position + 3 * i);
			if (part < 0) {
				return -1;
			}
			parts.put((byte) part);
		}
		int point = switch (width) {
			case 1 -> first;
			case 2 -> (first & 0x1F) << 6 | (parts.get(1) & 0x3F);
			case 3 -> (first & 0x0F) << 12 | (parts.get(1) & 0x3F) << 6 | (parts.get(2) & 0x3F);
			case 4 ->
				(first & 0x07) << 18 | (parts.get(1) & 0x3F) << 12 | (parts.get(2) & 0x3F) << 6 | (parts.get(3) & 0x3F);
			default -> -1;
		};
		return (Character.isValidCodePoint(point) && width(point) == width) ? point : -1;
	}

	private static int octet(String encoded, int position) {
		if (position + 3 > encoded.length() || encoded.charAt(position) != '%'
				|| !HexFormat.isHexDigit(encoded.charAt(position + 1))
				|| !HexFormat.isHexDigit(encoded.charAt(position + 2))) {
			return -1;
		}
		return HexFormat.fromHexDigits(encoded, position + 1, position + 3);
	}

}
