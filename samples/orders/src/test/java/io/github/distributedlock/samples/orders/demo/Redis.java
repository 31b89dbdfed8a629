package io.github.distributedlock.samples.orders.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/**
 * The Redis that all nodes share: the one that the environment variable
 * {@code SPRING_DATA_REDIS_URL} names, else a server of this process, from the build's
 * own repository.
 */
public final class Redis implements AutoCloseable {

	private final @Nullable RedisServer server;

	private final String url;

	private Redis(@Nullable RedisServer server, String url) {
		this.server = server;
		this.url = url;
	}

	/**
	 * Starts a server, unless one is configured.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static Redis start() throws IOException {
		String configured = System.getenv("SPRING_DATA_REDIS_URL");
		if (configured != null) {
			return new Redis(null, configured);
		}
		int port = freePort();
		RedisServer server = RedisServer.builder().bind("127.0.0.1").port(port).setting("save \"\"").build();
		server.start();
		return new Redis(server, "redis://127.0.0.1:" + port);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Returns what a node needs to know.
	 * @return properties
	 */
	public Map<String, String> properties() {
		return Map.of("spring.data.redis.url", this.url);
	}

	@Override
	public void close() throws IOException {
		if (this.server != null) {
			this.server.stop();
		}
	}

	@Override
	public String toString() {
		return this.url.replaceFirst("//.*@", "//") + ((this.server != null) ? " (started for this)" : "");
	}

}
