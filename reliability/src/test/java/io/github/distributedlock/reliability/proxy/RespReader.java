package io.github.distributedlock.reliability.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what Redis and its clients say into whole values, of version 2 or 3 of the
 * protocol.
 */
final class RespReader {

	private final InputStream input;

	RespReader(InputStream input) {
		this.input = new BufferedInputStream(input, 16_384);
	}

	/**
	 * Returns the next value as it is.
	 * @throws EOFException if there is none
	 */
	byte[] next() throws IOException {
		ByteArrayOutputStream value = new ByteArrayOutputStream();
		read(value);
		return value.toByteArray();
	}

	private void read(ByteArrayOutputStream value) throws IOException {
		String line = line(value);
		switch (line.charAt(0)) {
			case '$', '=', '!' -> copy(Integer.parseInt(line.substring(1)), value);
			case '*', '~', '>' -> read(Integer.parseInt(line.substring(1)), value);
			case '%', '|' -> read(2 * Integer.parseInt(line.substring(1)), value);
			default -> {
			}
		}
	}

	private void read(int count, ByteArrayOutputStream value) throws IOException {
		for (int i = 0; i < count; i++) {
			read(value);
		}
	}

	private void copy(int length, ByteArrayOutputStream value) throws IOException {
		if (length >= 0) {
			byte[] bytes = this.input.readNBytes(length + 2);
			if (bytes.length < length + 2) {
				throw new EOFException();
			}
			value.write(bytes);
		}
	}

	private String line(ByteArrayOutputStream value) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = this.input.read();
		while (next != '\n') {
			if (next < 0) {
				throw new EOFException();
			}
			line.write(next);
			next = this.input.read();
		}
		line.write('\n');
		value.write(line.toByteArray());
		return line.toString(StandardCharsets.ISO_8859_1).trim();
	}

}
