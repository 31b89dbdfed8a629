package io.github.distributedlock.reliability.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * How a node reaches what is protected: a connection for each thread.
 */
public final class ResourceClient {

	private final int port;

	private final ThreadLocal<Connection> connection = ThreadLocal.withInitial(this::connect);

	/**
	 * Creates the client.
	 * @param port where the resource listens
	 */
	public ResourceClient(int port) {
		this.port = port;
	}

	/**
	 * Begins a change.
	 * @param lock which lock protects it
	 * @param hold on whose behalf
	 * @param token its token, or 0
	 * @return what was read, to be written
	 */
	public String read(String lock, String hold, long token) {
		return this.connection.get().ask("read " + lock + " " + hold + " " + token);
	}

	/**
	 * Ends a change.
	 * @param lock which lock protects it
	 * @param hold on whose behalf
	 * @param token its token, or 0
	 * @param read what {@link #read} returned
	 * @return whether it was accepted behind the fence
	 */
	public boolean write(String lock, String hold, long token, String read) {
		return this.connection.get()
			.ask("write " + lock + " " + hold + " " + token + " " + read)
			.startsWith("accepted");
	}

	private Connection connect() {
		try {
			Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port);
			socket.setTcpNoDelay(true);
			return new Connection(socket,
					new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Connection(Socket socket, BufferedReader input) {

		String ask(String line) {
			try {
				this.socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
				String answer = this.input.readLine();
				if (answer == null) {
					throw new IOException("The resource is gone");
				}
				return answer;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
