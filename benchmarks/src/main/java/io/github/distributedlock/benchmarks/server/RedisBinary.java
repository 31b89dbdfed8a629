package io.github.distributedlock.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The {@code redis-server} on the path, else the one that the build brings along.
 */
final class RedisBinary {

	private static final String EMBEDDED_VERSION = "7.0.15";

	private RedisBinary() {
	}

	static Path find(Path directory) throws IOException {
		Path installed = onPath();
		return (installed != null) ? installed : unpack(directory);
	}

	private static @Nullable Path onPath() {
		for (String directory : Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)) {
			Path candidate = Path.of(directory, "redis-server");
			if (Files.isExecutable(candidate)) {
				return candidate;
			}
		}
		return null;
	}

	private static Path unpack(Path directory) throws IOException {
		String resource = "/redis-server-" + EMBEDDED_VERSION + "-" + system() + "-" + architecture();
		try (InputStream input = RedisBinary.class.getResourceAsStream(resource)) {
			if (input == null) {
				throw new IOException(
						"There is no Redis for this machine (" + resource + "): put redis-server on the PATH");
			}
			Path binary = directory.resolve("redis-server");
			Files.copy(input, binary);
			if (!binary.toFile().setExecutable(true)) {
				throw new IOException(binary + " cannot be made executable: use a directory that allows programs");
			}
			return binary;
		}
	}

	private static String system() {
		String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return (name.contains("mac")) ? "darwin" : name;
	}

	private static String architecture() {
		String name = System.getProperty("os.arch");
		return (name.equals("aarch64")) ? "arm64" : (name.equals("x86_64")) ? "amd64" : name;
	}

}
