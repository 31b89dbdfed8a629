package io.github.distributedlock.test.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;

/**
 * A sentinel that watches one primary, as a process of this machine.
 */
public final class RedisSentinel implements AutoCloseable {

	private final ServerDirectory directory;

	private final int port = RedisProcess.freePort();

	private final String master;

	private final Process process;

	private RedisSentinel(String master, RedisProcess primary, List<String> configuration) {
		this.master = master;
		List<String> lines = new ArrayList<>(List.of("port " + this.port, "bind 127.0.0.1",
				"sentinel monitor " + master + " 127.0.0.1 " + primary.port() + " 1",
				"sentinel down-after-milliseconds " + master + " 1000"));
		if (MinimalRights.apply()) {
			lines.add("sentinel auth-user " + master + " " + MinimalRights.ADMIN);
			lines.add("sentinel auth-pass " + master + " " + MinimalRights.ADMIN_PASSWORD);
		}
		lines.addAll(configuration);
		try {
			this.directory = new ServerDirectory("distributed-lock-sentinel");
			lines.add("dir " + this.directory);
			Path file = Files.write(this.directory.resolve("sentinel.conf"), lines);
			this.process = new ProcessBuilder(RedisBinary.find().path().toString(), file.toString(), "--sentinel")
				.redirectErrorStream(true)
				.redirectOutput(this.directory.log().toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
	}

	/**
	 * Starts a sentinel.
	 * @param master the name of what it watches
	 * @param primary what it watches, with its replicas connected
	 * @param replicas how many replicas it has to find
	 * @param configuration further lines of its configuration
	 * @return the sentinel, knowing the primary and its replicas
	 */
	public static RedisSentinel launch(String master, RedisProcess primary, int replicas, String... configuration) {
		RedisSentinel sentinel = new RedisSentinel(master, primary, List.of(configuration));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> sentinel.knows(replicas));
		return sentinel;
	}

	private boolean knows(int replicas) {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("The sentinel does not start: " + this.directory.said());
		}
		try {
			return ((List<?>) command("SENTINEL", "REPLICAS", this.master)).size() == replicas;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
		catch (IllegalStateException ex) {
			return String.valueOf(ex.getMessage()).startsWith("NOAUTH");
		}
	}

	/**
	 * Makes the replica the primary, as soon as the sentinel knows enough about it.
	 */
	public void failOver() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(100))
			.until(this::beginsToFailOver);
	}

	private boolean beginsToFailOver() {
		try {
			command("SENTINEL", "FAILOVER", this.master);
			return true;
		}
		catch (IllegalStateException ex) {
			if (String.valueOf(ex.getMessage()).startsWith("NOGOODSLAVE")) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Returns where the sentinel listens.
	 * @return {@code host:port}
	 */
	public String node() {
		return "127.0.0.1:" + this.port;
	}

	private Object command(String... arguments) {
		try (RedisConnection connection = RedisConnection.open("127.0.0.1", this.port, null)) {
			return Objects.requireNonNull(connection.command(arguments));
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
		this.directory.close();
	}

}
