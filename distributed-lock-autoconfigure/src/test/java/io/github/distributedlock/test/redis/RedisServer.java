package io.github.distributedlock.test.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A real, empty Redis server without persistence, whose default user has the
 * {@link MinimalRights}. Tests that stop, pause, restart or configure their server use
 * {@link RedisProcess}; all others take what {@link #start()} finds: a container where
 * Docker answers, else {@code redis-server} from the path, else the binary that the build
 * brings along. The system property {@code distributed-lock.test.redis}
 * ({@code testcontainers}, {@code path} or {@code embedded}) forces one,
 * {@code distributed-lock.test.redis-image} names the image ({@code redis:8-alpine} by
 * default).
 */
public abstract sealed class RedisServer implements AutoCloseable permits RedisProcess, RedisContainer {

	static final String KIND_PROPERTY = "distributed-lock.test.redis";

	static final String IMAGE_PROPERTY = "distributed-lock.test.redis-image";

	private static final Pattern CALLS = Pattern.compile("^cmdstat_(\\S+):calls=(\\d+),", Pattern.MULTILINE);

	private final Log logger = LogFactory.getLog(RedisServer.class);

	/**
	 * Starts a server that the test leaves as it is.
	 * @return the server, ready
	 */
	public static RedisServer start() {
		String kind = System.getProperty(KIND_PROPERTY);
		boolean container = (kind != null) ? kind.equals("testcontainers") : RedisContainer.isAvailable();
		RedisServer server = (container) ? new RedisContainer() : RedisProcess.launch();
		server.logger.info("Redis for tests: " + server);
		return server;
	}

	/**
	 * Returns where the server listens.
	 * @return a host name or address
	 */
	public abstract String host();

	/**
	 * Returns where the server listens without TLS.
	 * @return the port
	 */
	public abstract int port();

	/**
	 * Returns the password of the default user.
	 * @return the password, if one is required
	 */
	public @Nullable String password() {
		return null;
	}

	/**
	 * Returns the address as Redisson wants it.
	 * @return {@code redis://host:port}
	 */
	public final String address() {
		return "redis://" + host() + ":" + port();
	}

	/**
	 * Opens a raw connection of its own, as a user who may do everything.
	 * @return the connection, to be closed
	 */
	public final RedisConnection connect() {
		return MinimalRights.apply()
				? RedisConnection.open(host(), port(), MinimalRights.ADMIN, MinimalRights.ADMIN_PASSWORD)
				: RedisConnection.open(host(), port(), null, password());
	}

	/**
	 * Sends one command on a raw connection of its own.
	 * @param arguments the command and its arguments
	 * @return the reply: a text, a {@code Long}, a list of replies or {@code null}
	 */
	public final @Nullable Object command(String... arguments) {
		try (RedisConnection connection = connect()) {
			return connection.command(arguments);
		}
	}

	/**
	 * Returns how often each command was called since the last
	 * {@link #resetCommandCalls()}, those inside of scripts included.
	 * @return calls by command, such as {@code evalsha}, in lower case
	 */
	public final Map<String, Long> commandCalls() {
		Map<String, Long> calls = new LinkedHashMap<>();
		Matcher matcher = CALLS.matcher(String.valueOf(command("INFO", "commandstats")));
		while (matcher.find()) {
			calls.put(matcher.group(1), Long.valueOf(matcher.group(2)));
		}
		return calls;
	}

	/**
	 * Begins to count commands anew.
	 */
	public final void resetCommandCalls() {
		command("CONFIG", "RESETSTAT");
	}

	@Override
	public abstract void close();

}
