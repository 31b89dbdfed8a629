package io.github.distributedlock.benchmarks.server;

import java.io.IOException;

/**
 * What a Redis server says of itself.
 *
 * @param version its version
 * @param cpuSeconds processor time that it has used so far
 * @param memory bytes that its data takes
 */
public record ServerStatistics(String version, double cpuSeconds, long memory) {

	/**
	 * Asks a server.
	 * @param port its port on the loopback interface
	 * @return the answer
	 * @throws IOException if it does not answer
	 */
	public static ServerStatistics of(int port) throws IOException {
		try (RedisConnection connection = new RedisConnection(port)) {
			String info = connection.command("INFO");
			double cpu = Double.parseDouble(field(info, "used_cpu_user"))
					+ Double.parseDouble(field(info, "used_cpu_sys"));
			return new ServerStatistics(field(info, "redis_version"), cpu,
					Long.parseLong(field(info, "used_memory_dataset")));
		}
	}

	/**
	 * Removes everything that a server keeps.
	 * @param port its port on the loopback interface
	 * @throws IOException if it does not answer
	 */
	public static void flush(int port) throws IOException {
		try (RedisConnection connection = new RedisConnection(port)) {
			connection.command("FLUSHALL", "SYNC");
		}
	}

	private static String field(String info, String name) throws IOException {
		for (String line : info.split("\r\n")) {
			if (line.startsWith(name + ":")) {
				return line.substring(name.length() + 1);
			}
		}
		throw new IOException("INFO of this server has no " + name);
	}

}
