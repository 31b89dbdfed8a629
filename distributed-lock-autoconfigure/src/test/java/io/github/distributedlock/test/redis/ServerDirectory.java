package io.github.distributedlock.test.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a process of Redis works and logs.
 */
final class ServerDirectory implements AutoCloseable {

	private final Path path;

	ServerDirectory(String prefix) throws IOException {
		this.path = Files.createTempDirectory(prefix);
	}

	Path resolve(String name) {
		return this.path.resolve(name);
	}

	Path log() {
		return resolve("log");
	}

	/**
	 * Returns what the process said so far.
	 */
	String said() {
		try {
			return Files.readString(log());
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() {
		try (Stream<Path> files = Files.walk(this.path)) {
			files.sorted((left, right) -> right.compareTo(left)).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
