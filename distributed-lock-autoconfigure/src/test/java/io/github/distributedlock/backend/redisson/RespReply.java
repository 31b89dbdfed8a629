package io.github.distributedlock.backend.redisson;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A reply, or a request, as it stands on the wire.
 *
 * @param type {@code +}, {@code -}, {@code :}, {@code $} or {@code *}
 * @param text the text, in ISO-8859-1, or {@code null} for what is not there
 * @param parts the parts of an array
 */
record RespReply(char type, @Nullable String text, List<RespReply> parts) {

	static RespReply of(char type, @Nullable String text) {
		return new RespReply(type, text, List.of());
	}

	static RespReply array(List<RespReply> parts) {
		return new RespReply('*', "", parts);
	}

	static RespReply read(InputStream input) throws IOException {
		int type = input.read();
		if (type < 0) {
			throw new EOFException();
		}
		String line = line(input);
		if ((type == '$' || type == '*') && line.startsWith("-")) {
			return of((char) type, null);
		}
		if (type == '$') {
			int length = Integer.parseInt(line);
			byte[] text = input.readNBytes(length);
			if (text.length < length) {
				throw new EOFException();
			}
			input.readNBytes(2);
			return of('$', new String(text, StandardCharsets.ISO_8859_1));
		}
		if (type == '*') {
			List<RespReply> parts = new ArrayList<>();
			for (int left = Integer.parseInt(line); left > 0; left--) {
				parts.add(read(input));
			}
			return array(parts);
		}
		return of((char) type, line);
	}

	private static String line(InputStream input) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = input.read();
		while (next != '\r') {
			if (next < 0) {
				throw new EOFException();
			}
			line.write(next);
			next = input.read();
		}
		input.read();
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	byte[] bytes() {
		return wire().getBytes(StandardCharsets.ISO_8859_1);
	}

	private String wire() {
		if (this.text == null) {
			return this.type + "-1\r\n";
		}
		return switch (this.type) {
			case '$' -> "$" + this.text.length() + "\r\n" + this.text + "\r\n";
			case '*' -> "*" + this.parts.size() + "\r\n"
					+ this.parts.stream().map(RespReply::wire).collect(Collectors.joining());
			default -> this.type + this.text + "\r\n";
		};
	}

	/**
	 * Returns what this says, an array as its parts with blanks between them.
	 */
	String said() {
		if (this.type != '*' || this.text == null) {
			return String.valueOf(this.text);
		}
		return this.parts.stream().map(RespReply::said).collect(Collectors.joining(" "));
	}

}
