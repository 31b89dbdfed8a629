package io.github.distributedlock.test.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A raw, blocking connection to a Redis server, for what tests want to see or do without
 * the client under test. Each answer is awaited for at most ten seconds.
 */
public final class RedisConnection implements AutoCloseable {

	private final Socket socket;

	private final InputStream input;

	RedisConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	/**
	 * Connects, as the default user if a password is given, else as a user who may do
	 * everything, if the server knows one.
	 * @param host where the server listens
	 * @param port where the server listens
	 * @param password the password of the default user, if one is required
	 * @return the connection, to be closed
	 */
	public static RedisConnection open(String host, int port, @Nullable String password) {
		RedisConnection connection = open(host, port, null, password);
		if (password == null && MinimalRights.apply()) {
			try {
				connection.command("AUTH", MinimalRights.ADMIN, MinimalRights.ADMIN_PASSWORD);
			}
			catch (IllegalStateException ex) {
				return connection;
			}
		}
		return connection;
	}

	static RedisConnection open(String host, int port, @Nullable String user, @Nullable String password) {
		try {
			Socket socket = new Socket();
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(10_000);
			socket.connect(new InetSocketAddress(host, port), 5_000);
			RedisConnection connection = new RedisConnection(socket);
			if (user != null && password != null) {
				connection.command("AUTH", user, password);
			}
			else if (password != null) {
				connection.command("AUTH", password);
			}
			return connection;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends one command and waits for its reply.
	 * @param arguments the command and its arguments
	 * @return the reply: a text, a {@code Long}, a list of replies or {@code null}
	 * @throws IllegalStateException if the reply is an error, with its text
	 */
	public @Nullable Object command(String... arguments) {
		try {
			ByteArrayOutputStream request = new ByteArrayOutputStream();
			request.write(("*" + arguments.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
			for (String argument : arguments) {
				byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
				request.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
				request.write(bytes);
				request.write('\r');
				request.write('\n');
			}
			this.socket.getOutputStream().write(request.toByteArray());
			return read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sets how long an answer is awaited.
	 * @param milliseconds the longest wait
	 */
	public void timeout(int milliseconds) {
		try {
			this.socket.setSoTimeout(milliseconds);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits for what the server sends next without being asked, as in {@code MONITOR} or
	 * a subscription.
	 * @return the reply
	 */
	public @Nullable Object next() {
		try {
			return read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private @Nullable Object read() throws IOException {
		String line = line();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case ':' -> Long.valueOf(rest);
			case '$' -> bulk(Integer.parseInt(rest));
			case '*' -> list(Integer.parseInt(rest));
			default -> throw new IllegalStateException(rest);
		};
	}

	private @Nullable String bulk(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] bytes = this.input.readNBytes(length + 2);
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	private @Nullable List<@Nullable Object> list(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		List<@Nullable Object> replies = new ArrayList<>(length);
		for (int i = 0; i < length; i++) {
			replies.add(read());
		}
		return replies;
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = this.input.read();
		while (next != '\r') {
			if (next < 0) {
				throw new EOFException("The server closed the connection");
			}
			line.write(next);
			next = this.input.read();
		}
		this.input.read();
		return line.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
