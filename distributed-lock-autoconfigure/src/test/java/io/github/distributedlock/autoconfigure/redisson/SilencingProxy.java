package io.github.distributedlock.autoconfigure.redisson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server, and can swallow all that existing connections
 * send, as a firewall does that has forgotten them. New connections work.
 */
final class SilencingProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile int silenced;

	private volatile int connections;

	SilencingProxy(int target) throws IOException {
		this.target = target;
		this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	void silence() {
		this.silenced = this.connections;
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				Socket server = new Socket("127.0.0.1", this.target);
				this.sockets.addAll(List.of(client, server));
				int number = ++this.connections;
				start(() -> forward(number, client, server));
				start(() -> forward(number, server, client));
			}
		}
		catch (IOException ex) {
			close();
		}
	}

	private void forward(int number, Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try {
			int length = from.getInputStream().read(buffer);
			while (length >= 0) {
				if (number > this.silenced) {
					to.getOutputStream().write(buffer, 0, length);
				}
				length = from.getInputStream().read(buffer);
			}
		}
		catch (IOException ex) {
			close(from);
		}
		close(to);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "silencing-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		close(this.listener);
		this.sockets.forEach(SilencingProxy::close);
	}

}
