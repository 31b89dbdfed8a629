package io.github.distributedlock.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A raw connection, so that looking at the server needs none of the clients that are
 * compared.
 */
final class RedisConnection implements AutoCloseable {

	private final Socket socket;

	private final InputStream input;

	RedisConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.input = new BufferedInputStream(this.socket.getInputStream());
	}

	String command(String... words) throws IOException {
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
		for (String word : words) {
			byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
			request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
			request.writeBytes(bytes);
			request.writeBytes(new byte[] { '\r', '\n' });
		}
		this.socket.getOutputStream().write(request.toByteArray());
		return reply();
	}

	/** A line, a number or a text: nothing else is ever asked for. */
	String reply() throws IOException {
		String line = line();
		return switch (line.charAt(0)) {
			case '+', ':' -> line.substring(1);
			case '$' -> text(Integer.parseInt(line.substring(1)));
			default -> throw new IOException("Redis answered " + line);
		};
	}

	private String text(int length) throws IOException {
		if (length < 0) {
			return "";
		}
		byte[] bytes = this.input.readNBytes(length);
		this.input.skipNBytes(2);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		while (true) {
			int next = this.input.read();
			if (next < 0) {
				throw new EOFException("Redis closed the connection");
			}
			if (next == '\n') {
				return line.toString(StandardCharsets.UTF_8);
			}
			if (next != '\r') {
				line.write(next);
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
