package io.github.distributedlock.fleet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * An unprotected counter in a file that several processes share. Each increment is a read
 * and a later write, so two at a time lose one; the token of each is kept at the number
 * that it wrote.
 */
final class Ledger implements AutoCloseable {

	private final RandomAccessFile file;

	private final MappedByteBuffer content;

	Ledger(Path path, int capacity) {
		try {
			this.file = new RandomAccessFile(path.toFile(), "rw");
			this.content = this.file.getChannel().map(MapMode.READ_WRITE, 0, 8L * (capacity + 1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	long count() {
		return this.content.getLong(0);
	}

	long token(int number) {
		return this.content.getLong(8 * number);
	}

	void increment(long token) {
		long next = count() + 1;
		Thread.yield();
		this.content.putLong(8 * (int) next, token);
		this.content.putLong(0, next);
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
