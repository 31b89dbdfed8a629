package io.github.distributedlock.reliability.lab;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.reliability.node.Work;
import io.github.distributedlock.test.redis.RedisConnection;
import io.github.distributedlock.test.redis.RedisProcess;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the records of some locks in the store, past all nodes, each few milliseconds.
 */
final class Sidecar implements AutoCloseable {

	private static final long PERIOD = 5_000_000;

	private final RedisProcess server;

	private final Chronicle chronicle;

	private final Set<String> locks = ConcurrentHashMap.newKeySet();

	private final Map<String, String> values = new HashMap<>();

	private volatile boolean closed;

	Sidecar(RedisProcess server, Chronicle chronicle) {
		this.server = server;
		this.chronicle = chronicle;
		Thread thread = new Thread(this::run, "sidecar");
		thread.setDaemon(true);
		thread.start();
	}

	static String record(String lock) {
		return "dl:{" + Work.NAME + ":" + lock + "}:lock";
	}

	void watch(String lock) {
		this.locks.add(lock);
	}

	void forget() {
		this.locks.clear();
	}

	private void run() {
		RedisConnection connection = null;
		while (!this.closed) {
			try {
				connection = (connection != null) ? connection : this.server.connect();
				connection.timeout(200);
				for (String lock : this.locks) {
					look(lock, connection);
				}
			}
			catch (UncheckedIOException | IllegalStateException ex) {
				close(connection);
				connection = null;
			}
			LockSupport.parkNanos(PERIOD);
		}
		close(connection);
	}

	private void look(String lock, RedisConnection connection) {
		String value = String.valueOf(connection.command("GET", record(lock)));
		if (!Objects.equals(value, this.values.put(lock, value))) {
			this.chronicle.record(lock, value);
		}
	}

	private static void close(@Nullable RedisConnection connection) {
		if (connection != null) {
			connection.close();
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
