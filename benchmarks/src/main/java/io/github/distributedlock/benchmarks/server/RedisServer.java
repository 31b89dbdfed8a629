package io.github.distributedlock.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Redis of this run alone: on the loopback interface, empty, without persistence.
 */
public final class RedisServer implements AutoCloseable {

	private static final long START_TIMEOUT = TimeUnit.SECONDS.toNanos(10);

	private final Process process;

	private final int port;

	private RedisServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a server on a free port.
	 * @param directory where it may leave its log
	 * @return the server, ready
	 * @throws IOException if it does not start
	 */
	public static RedisServer start(Path directory) throws IOException {
		Files.createDirectories(directory);
		int port = freePort();
		Path log = Files.createTempFile(directory, "redis", ".log");
		Path binary = RedisBinary.find(Files.createTempDirectory(directory, "redis"));
		Process process = new ProcessBuilder(binary.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no", "--dir", directory.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		RedisServer server = new RedisServer(process, port);
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		long start = System.nanoTime();
		while (!server.answers()) {
			if (!process.isAlive() || System.nanoTime() - start > START_TIMEOUT) {
				process.destroy();
				throw new IOException("Redis does not start, see " + log);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
		return server;
	}

	private boolean answers() {
		try (RedisConnection connection = new RedisConnection(this.port)) {
			return connection.command("PING").equals("PONG");
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns the port of the server.
	 * @return a port of the loopback interface
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns a port that nothing listens on.
	 * @return a port that was free a moment ago
	 * @throws IOException if there is none
	 */
	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
