package io.github.distributedlock.benchmarks.server;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a server executes, with {@code MONITOR}: it tells a client's command from
 * one that a script calls, which {@code INFO commandstats} does not.
 */
public final class CommandCounter implements AutoCloseable {

	private static final String END = "the last command to count";

	private final int port;

	private final RedisConnection connection;

	private final AtomicLong fromClients = new AtomicLong();

	private final AtomicLong fromScripts = new AtomicLong();

	private final CountDownLatch ended = new CountDownLatch(1);

	/**
	 * Begins to count.
	 * @param port the server's port on the loopback interface
	 * @throws IOException if it does not answer
	 */
	public CommandCounter(int port) throws IOException {
		this.port = port;
		this.connection = new RedisConnection(port);
		this.connection.command("MONITOR");
		Thread reader = new Thread(this::read, "command-counter");
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try {
			String line = this.connection.reply();
			while (!line.contains(END)) {
				(line.contains(" lua] ") ? this.fromScripts : this.fromClients).incrementAndGet();
				line = this.connection.reply();
			}
			this.ended.countDown();
		}
		catch (IOException ex) {
			this.fromClients.set(Long.MIN_VALUE);
			this.ended.countDown();
		}
	}

	/**
	 * Ends counting, after everything that was executed before this call.
	 * @return what was executed
	 * @throws IOException if the server did not tell everything
	 * @throws InterruptedException if the thread is interrupted
	 */
	public Commands end() throws IOException, InterruptedException {
		try (RedisConnection marker = new RedisConnection(this.port)) {
			marker.command("ECHO", END);
		}
		if (!this.ended.await(30, TimeUnit.SECONDS) || this.fromClients.get() < 0) {
			throw new IOException("Redis did not tell all of its commands");
		}
		return new Commands(this.fromClients.get(), this.fromScripts.get());
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

	/**
	 * What a server executed.
	 *
	 * @param fromClients commands that clients sent
	 * @param fromScripts commands that scripts called
	 */
	public record Commands(long fromClients, long fromScripts) {
	}

}
