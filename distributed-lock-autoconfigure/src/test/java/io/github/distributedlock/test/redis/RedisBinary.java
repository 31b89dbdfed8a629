package io.github.distributedlock.test.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The {@code redis-server} that processes are started from.
 *
 * @param path the executable
 * @param origin where it comes from
 */
record RedisBinary(Path path, String origin) {

	private static final String EMBEDDED_VERSION = "7.0.15";

	static RedisBinary find() {
		String kind = System.getProperty(RedisServer.KIND_PROPERTY, "");
		RedisBinary installed = (!kind.equals("embedded")) ? onPath() : null;
		if (installed != null) {
			return installed;
		}
		if (kind.equals("path")) {
			throw new IllegalStateException(
					"No redis-server on the PATH: install one, or unset " + RedisServer.KIND_PROPERTY);
		}
		return Embedded.BINARY;
	}

	private static @Nullable RedisBinary onPath() {
		for (String directory : Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)) {
			Path candidate = Path.of(directory, "redis-server");
			if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
				return new RedisBinary(candidate, "redis-server on the PATH");
			}
		}
		return null;
	}

	/**
	 * The binary inside the embedded-redis jar, unpacked once for this JVM.
	 */
	private static final class Embedded {

		static final RedisBinary BINARY = unpack();

		private static RedisBinary unpack() {
			String resource = "/redis-server-" + EMBEDDED_VERSION + "-" + system() + "-" + architecture();
			try (InputStream input = redis.embedded.RedisServer.class.getResourceAsStream(resource)) {
				if (input == null) {
					throw new IllegalStateException("No embedded Redis for this machine (" + resource
							+ "): put redis-server on the PATH, or start Docker");
				}
				Path directory = Files.createTempDirectory("distributed-lock-redis");
				Path binary = directory.resolve("redis-server");
				Files.copy(input, binary);
				if (!binary.toFile().setExecutable(true)) {
					throw new IllegalStateException("Cannot make " + binary + " executable");
				}
				directory.toFile().deleteOnExit();
				binary.toFile().deleteOnExit();
				return new RedisBinary(binary, "embedded redis-server " + EMBEDDED_VERSION);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static String system() {
			String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
			return (name.contains("mac")) ? "darwin" : name;
		}

		private static String architecture() {
			return switch (System.getProperty("os.arch")) {
				case "aarch64" -> "arm64";
				case "x86_64" -> "amd64";
				case "x86", "i386" -> "386";
				default -> System.getProperty("os.arch");
			};
		}

	}

}
