package io.github.distributedlock.backend.redisson;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a real server, and changes what the server answers.
 */
final class RogueProxy implements AutoCloseable {

	static final String LOCK_SCRIPT = "EVALSHA";

	private final ServerSocket listener;

	private final int target;

	private final Change change;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger changed = new AtomicInteger();

	private volatile boolean rogue;

	private volatile @Nullable RespReply last;

	/**
	 * Creates the proxy, which is honest at first, and changes answers to lock scripts.
	 * @param target the port of the server
	 * @param change makes a reply into another one
	 */
	RogueProxy(int target, UnaryOperator<RespReply> change) throws IOException {
		this(target, (command, reply) -> (LOCK_SCRIPT.equalsIgnoreCase(command)) ? change.apply(reply).bytes()
				: reply.bytes());
	}

	/**
	 * Creates the proxy, which is honest at first.
	 * @param target the port of the server
	 * @param change makes what the server sends into what arrives
	 */
	RogueProxy(int target, Change change) throws IOException {
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

	/**
	 * Changes nothing any more, and ends all connections, which may be out of step.
	 */
	void turnHonest() {
		this.rogue = false;
		this.sockets.forEach(RogueProxy::close);
	}

	/**
	 * Returns how many replies were sent that are not what the server said.
	 */
	int changed() {
		return this.changed.get();
	}

	/**
	 * Returns the latest answer to a lock script, as it was sent: what is no whole reply
	 * says nothing.
	 */
	@Nullable RespReply last() {
		return this.last;
	}

	/**
	 * Returns what the latest answer said as far as it is one text: all else is no
	 * answer.
	 */
	String said() {
		RespReply answer = this.last;
		return (answer != null && answer.type() != '*' && answer.type() != '-') ? answer.said() : "no text";
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
				asked.add(command(request));
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
				byte[] honest = reply.bytes();
				byte[] sent = (this.rogue) ? changed(command, reply) : honest;
				if (LOCK_SCRIPT.equalsIgnoreCase(command)) {
					this.last = whole(sent);
				}
				if (!Arrays.equals(sent, honest)) {
					this.changed.incrementAndGet();
				}
				output.write(sent);
			}
		}
	}

	/**
	 * Changes replies one by one, because connections share what makes the changes.
	 */
	private synchronized byte[] changed(@Nullable String command, RespReply reply) {
		return this.change.of(command, reply);
	}

	/**
	 * Returns the command, and of a script that is not the locks' its digest, too.
	 */
	private static String command(RespReply request) {
		String command = String.valueOf(request.parts().get(0).text());
		boolean other = LOCK_SCRIPT.equalsIgnoreCase(command) && !LuaScript.SHA1.equals(request.parts().get(1).text());
		return (other) ? command + " " + request.parts().get(1).text() : command;
	}

	private static @Nullable RespReply whole(byte[] sent) {
		try {
			return RespReply.read(new ByteArrayInputStream(sent));
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
			this.sockets.forEach(RogueProxy::close);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes what the server sends into what arrives.
	 */
	interface Change {

		/**
		 * Changes a reply.
		 * @param command what was asked, or {@code null} for a message that nobody asked
		 * for
		 * @param reply what the server said
		 * @return what arrives
		 */
		byte[] of(@Nullable String command, RespReply reply);

	}

	private interface Task {

		void run() throws IOException;

	}

}
