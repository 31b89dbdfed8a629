package io.github.distributedlock.backend.redisson;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a real server, and changes what the server answers to lock
 * scripts.
 */
final class RogueProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final UnaryOperator<@Nullable RespReply> change;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger changed = new AtomicInteger();

	private volatile boolean rogue;

	private volatile @Nullable RespReply last;

	/**
	 * Creates the proxy, which is honest at first.
	 * @param target the port of the server
	 * @param change makes a reply into another one, or into {@code null}: then the
	 * connection is closed instead
	 */
	RogueProxy(int target, UnaryOperator<@Nullable RespReply> change) throws IOException {
		this.target = target;
		this.change = change;
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	String address() {
		return "redis://127.0.0.1:" + this.listener.getLocalPort();
	}

	void turnRogue() {
		this.rogue = true;
	}

	int changed() {
		return this.changed.get();
	}

	/**
	 * Returns the latest answer to a lock script, as it was sent.
	 */
	@Nullable RespReply last() {
		return this.last;
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			this.sockets.addAll(List.of(client, server));
			Queue<String> asked = new ConcurrentLinkedQueue<>();
			start(() -> forward(client, server, asked));
			start(() -> answer(server, client, asked));
		}
	}

	private void forward(Socket client, Socket server, Queue<String> asked) throws IOException {
		try (client; server) {
			InputStream input = new BufferedInputStream(client.getInputStream());
			OutputStream output = server.getOutputStream();
			while (true) {
				RespReply request = RespReply.read(input);
				asked.add(String.valueOf(request.parts().get(0).text()));
				output.write(request.bytes());
			}
		}
	}

	private void answer(Socket server, Socket client, Queue<String> asked) throws IOException {
		try (client; server) {
			InputStream input = new BufferedInputStream(server.getInputStream());
			OutputStream output = client.getOutputStream();
			while (true) {
				RespReply reply = RespReply.read(input);
				String command = asked.poll();
				if (this.rogue && "EVALSHA".equalsIgnoreCase(command)) {
					reply = this.change.apply(reply);
					this.changed.incrementAndGet();
					this.last = reply;
				}
				if (reply == null) {
					return;
				}
				output.write(reply.bytes());
			}
		}
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				Thread.currentThread().interrupt();
			}
		}, "rogue-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Task {

		void run() throws IOException;

	}

}
