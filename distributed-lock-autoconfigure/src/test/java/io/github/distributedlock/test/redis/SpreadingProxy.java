package io.github.distributedlock.test.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Looks like one server, and sends each script call to one of several servers, which it
 * chooses by the first key, as some proxies do. Everything else goes to all of them.
 */
public final class SpreadingProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final List<RedisProcess> servers;

	/**
	 * Starts the proxy.
	 * @param servers the servers behind it
	 */
	public SpreadingProxy(List<RedisProcess> servers) {
		this.servers = servers;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "spreading-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (!this.listener.isClosed()) {
				Socket socket = this.listener.accept();
				socket.setTcpNoDelay(true);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// It was closed
		}
	}

	private void serve(Socket socket) {
		List<RedisConnection> connections = this.servers.stream().map(RedisProcess::connect).toList();
		try (RedisConnection client = new RedisConnection(socket)) {
			while (client.next() instanceof List<?> command) {
				socket.getOutputStream()
					.write(answer(connections, command.stream().map(String::valueOf).toArray(String[]::new)));
			}
		}
		catch (IOException | UncheckedIOException ex) {
			// The client is gone
		}
		finally {
			connections.forEach(RedisConnection::close);
		}
	}

	private byte[] answer(List<RedisConnection> connections, String[] command) {
		ByteArrayOutputStream reply = new ByteArrayOutputStream();
		try {
			if (command[0].toUpperCase(Locale.ROOT).startsWith("EVAL")) {
				write(reply, connections.get(this.servers.indexOf(server(command[3]))).command(command));
			}
			else {
				List<@Nullable Object> replies = connections.stream()
					.<@Nullable Object>map((connection) -> connection.command(command))
					.toList();
				write(reply, replies.get(0));
			}
		}
		catch (IllegalStateException ex) {
			reply.writeBytes(("-" + ex.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8));
		}
		return reply.toByteArray();
	}

	private static void write(ByteArrayOutputStream output, @Nullable Object reply) {
		if (reply instanceof List<?> list) {
			output.writeBytes(("*" + list.size() + "\r\n").getBytes(StandardCharsets.UTF_8));
			list.forEach((item) -> write(output, item));
		}
		else if (reply instanceof String text) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			output.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
			output.writeBytes(bytes);
			output.writeBytes(new byte[] { '\r', '\n' });
		}
		else {
			output.writeBytes(((reply != null) ? ":" + reply + "\r\n" : "$-1\r\n").getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Returns the server of a key.
	 * @param key the key
	 * @return the server that gets each call with this as its first key
	 */
	public RedisProcess server(String key) {
		return this.servers.get(Math.floorMod(key.hashCode(), this.servers.size()));
	}

	/**
	 * Returns where clients connect.
	 * @return the address
	 */
	public String address() {
		return "redis://127.0.0.1:" + this.listener.getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
