package io.github.distributedlock.benchmarks.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server that takes time, for as many bytes at once as anybody sends.
 */
public final class Distance implements AutoCloseable {

	private static final int LONGEST_PACKET = 64 * 1024;

	private final ServerSocket listener;

	private final int target;

	private final long oneWay;

	private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();

	/**
	 * Opens the way.
	 * @param target the server's port on the loopback interface
	 * @param roundTrip how long a question and its answer are under way
	 * @throws IOException if there is no free port
	 */
	public Distance(int target, Duration roundTrip) throws IOException {
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.target = target;
		this.oneWay = roundTrip.toNanos() / 2;
		start(this::accept, List.of());
	}

	/**
	 * Returns where it begins.
	 * @return a port of the loopback interface
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = open(this.listener.accept());
			Socket server = open(new Socket(InetAddress.getLoopbackAddress(), this.target));
			join(client, server);
			join(server, client);
		}
	}

	private Socket open(Socket socket) throws IOException {
		this.sockets.add(socket);
		socket.setTcpNoDelay(true);
		return socket;
	}

	private void join(Socket from, Socket to) throws IOException {
		InputStream input = from.getInputStream();
		OutputStream output = to.getOutputStream();
		BlockingQueue<Packet> travelling = new LinkedBlockingQueue<>();
		start(() -> depart(input, travelling), List.of(from, to));
		start(() -> arrive(travelling, output), List.of(from, to));
	}

	private void depart(InputStream input, BlockingQueue<Packet> travelling) throws IOException {
		byte[] buffer = new byte[LONGEST_PACKET];
		int length = input.read(buffer);
		while (length > 0) {
			travelling.add(new Packet(System.nanoTime() + this.oneWay, Arrays.copyOf(buffer, length)));
			length = input.read(buffer);
		}
		travelling.add(new Packet(System.nanoTime(), new byte[0]));
	}

	private static void arrive(BlockingQueue<Packet> travelling, OutputStream output)
			throws IOException, InterruptedException {
		Packet next = travelling.take();
		while (next.bytes().length > 0) {
			for (long left = next.due() - System.nanoTime(); left > 0; left = next.due() - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			output.write(next.bytes());
			next = travelling.take();
		}
		output.close();
	}

	/** What ends a step ends its connection, too. */
	private static void start(Step step, List<Socket> connection) {
		Thread thread = new Thread(() -> {
			try {
				step.run();
			}
			catch (IOException | InterruptedException ex) {
				connection.forEach(Distance::close);
			}
		}, "distance");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Closes the way and all connections.
	 */
	@Override
	public void close() {
		close(this.listener);
		this.sockets.forEach(Distance::close);
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What is under way.
	 *
	 * @param due when it arrives
	 * @param bytes nothing at the end
	 */
	private record Packet(long due, byte[] bytes) {

	}

	/** A thread's work. */
	@FunctionalInterface
	private interface Step {

		void run() throws IOException, InterruptedException;

	}

}
