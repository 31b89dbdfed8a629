package io.github.distributedlock.test.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.test.process.ProcessSignal;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server as a process of this machine: it takes any configuration and may be
 * stopped, paused and restarted. It listens on 127.0.0.1 only and keeps nothing.
 */
public final class RedisProcess extends RedisServer {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

	private final RedisBinary binary = RedisBinary.find();

	private final List<String> arguments;

	private final ServerDirectory directory;

	private final Thread killer = new Thread(this::kill);

	private int port;

	private @Nullable Process process;

	private RedisProcess(List<String> arguments) {
		this.arguments = arguments;
		try {
			this.directory = new ServerDirectory("distributed-lock-redis");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Runtime.getRuntime().addShutdownHook(this.killer);
	}

	/**
	 * Starts a server on a free port.
	 * @param arguments further command line arguments, such as {@code --requirepass}; the
	 * plain port stays open beside a {@code --tls-port}
	 * @return the server, ready
	 */
	public static RedisProcess launch(String... arguments) {
		RedisProcess server = new RedisProcess(List.of(arguments));
		int attempts = 0;
		do {
			server.port = freePort();
		}
		while (!server.spawn() && ++attempts < 5);
		if (attempts == 5) {
			throw new IllegalStateException("redis-server does not start: " + server.directory.said());
		}
		return server;
	}

	/**
	 * Returns a port of 127.0.0.1 that was free a moment ago.
	 * @return the port
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public @Nullable String password() {
		int option = this.arguments.indexOf("--requirepass");
		return (option >= 0) ? this.arguments.get(option + 1) : null;
	}

	/**
	 * Returns whether the server runs, paused or not.
	 * @return whether it was not stopped
	 */
	public boolean isRunning() {
		return this.process != null;
	}

	/**
	 * Kills the server. Its port refuses connections afterwards.
	 */
	public void stop() {
		kill();
	}

	/**
	 * Starts the stopped or running server again on the same port, with nothing in it
	 * unless it kept something.
	 * @param further command line arguments for this start, such as {@code --appendonly}
	 */
	public void restart(String... further) {
		kill();
		if (!spawn(further)) {
			throw new IllegalStateException("redis-server does not start again: " + this.directory.said());
		}
	}

	/**
	 * Stops the server's clockwork: it accepts connections and answers nothing.
	 */
	public void pause() {
		signal(ProcessSignal.STOP);
	}

	/**
	 * Lets a paused server go on. It then answers what it was asked in between.
	 */
	public void resume() {
		signal(ProcessSignal.CONT);
	}

	private boolean spawn(String... further) {
		List<String> command = new ArrayList<>(List.of(this.binary.path().toString(), "--port", "" + this.port,
				"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", this.directory.toString()));
		if (MinimalRights.apply()) {
			command.addAll(List.of("--masteruser", MinimalRights.ADMIN, "--masterauth", MinimalRights.ADMIN_PASSWORD));
		}
		command.addAll(this.arguments);
		command.addAll(List.of(further));
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(this.directory.log().toFile())
				.start();
			return awaitReady(this.process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean awaitReady(Process started) throws InterruptedException {
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		while (started.isAlive()) {
			try (RedisConnection connection = RedisConnection.open(host(), this.port, null, password())) {
				connection.command("PING");
				if (MinimalRights.apply()) {
					MinimalRights.grant(host(), this.port, password());
				}
				return started.isAlive();
			}
			catch (UncheckedIOException | IllegalStateException ex) {
				if (System.nanoTime() - deadline > 0) {
					throw new IllegalStateException("redis-server is not ready: " + this.directory.said(), ex);
				}
			}
			started.waitFor(5, TimeUnit.MILLISECONDS);
		}
		return false;
	}

	private void signal(ProcessSignal signal) {
		if (this.process == null) {
			throw new IllegalStateException("The server is stopped");
		}
		signal.send(this.process);
	}

	private void kill() {
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly().onExit().join();
		}
		this.process = null;
	}

	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.killer);
		this.directory.close();
	}

	@Override
	public String toString() {
		return this.binary.origin() + " (" + this.binary.path() + "), port " + this.port;
	}

}
