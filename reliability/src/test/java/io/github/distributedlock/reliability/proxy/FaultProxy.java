package io.github.distributedlock.reliability.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The network between one node and its Redis server. It can be slow, silent in one
 * direction or both, lose an answer at an exact point, break connections, and lie.
 */
public final class FaultProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final Collection<Connection> connections = new ConcurrentLinkedQueue<>();

	private final AtomicLong hurt = new AtomicLong();

	private final AtomicInteger answers = new AtomicInteger();

	private volatile @Nullable Script script;

	private volatile String about = "";

	private volatile Ending ending = Ending.SILENCE;

	volatile long delayNanos;

	volatile long jitterNanos;

	volatile boolean requestsCut;

	volatile boolean answersCut;

	volatile long bytesPerSecond = Long.MAX_VALUE;

	/**
	 * Opens the way to a server.
	 * @param target its port
	 */
	public FaultProxy(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Returns where it listens.
	 * @return the port
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Delays everything, in both directions.
	 * @param millis for how long
	 * @param jitter for how much longer, at most
	 */
	public void delay(long millis, long jitter) {
		this.delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
		this.jitterNanos = TimeUnit.MILLISECONDS.toNanos(jitter);
	}

	/**
	 * Holds back what is said from now on, without a word. What was held back arrives
	 * when the network heals, as it does with TCP.
	 * @param requests whether requests are held back
	 * @param answers whether answers are
	 */
	public void cut(boolean requests, boolean answers) {
		this.requestsCut = requests;
		this.answersCut = answers;
	}

	/**
	 * Limits how much passes.
	 * @param bytesPerSecond in each direction of each connection
	 */
	public void drip(long bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
	}

	/**
	 * Loses the n-th answer to a script from now on, and with it the connection.
	 * @param script which script
	 * @param lock about which lock
	 * @param number which answer: 1 is the next
	 * @param ending how the connection ends
	 */
	public void lose(Script script, String lock, int number, Ending ending) {
		this.ending = ending;
		this.answers.set(number);
		this.about = ":" + lock + "}:lock";
		this.script = script;
	}

	/**
	 * Breaks all connections.
	 */
	public void reset() {
		this.hurt.addAndGet(this.connections.size());
		this.connections.forEach(Connection::reset);
	}

	/**
	 * Lets everything pass again. A connection that lost an answer is broken.
	 */
	public void heal() {
		this.script = null;
		cut(false, false);
		delay(0, 0);
		drip(Long.MAX_VALUE);
		this.connections.stream().filter((connection) -> connection.mute).forEach(Connection::reset);
	}

	/**
	 * Returns how much did not pass as it should, until now.
	 * @return the number of requests and answers
	 */
	public long hurt() {
		return this.hurt.get();
	}

	/**
	 * Returns whether a connection that lost an answer is still open, without a word.
	 * @return whether the client has not closed it yet
	 */
	public boolean isSilent() {
		return this.connections.stream().anyMatch((connection) -> connection.mute);
	}

	/**
	 * Something is to pass.
	 */
	void seen(boolean request) {
		if ((request ? this.requestsCut : this.answersCut) || this.delayNanos > 0
				|| this.bytesPerSecond < Long.MAX_VALUE) {
			this.hurt.incrementAndGet();
		}
	}

	/**
	 * Waits until something may pass.
	 */
	void hold(boolean request, long due) {
		while (request ? this.requestsCut : this.answersCut) {
			LockSupport.parkNanos(1_000_000);
		}
		for (long now = System.nanoTime(); now < due && this.delayNanos > 0; now = System.nanoTime()) {
			LockSupport.parkNanos(Math.min(due - now, 1_000_000));
		}
	}

	void gone(Connection connection) {
		this.connections.remove(connection);
	}

	/**
	 * How the connection of this answer ends, if it is the one to be lost.
	 */
	@Nullable Ending endsWith(byte[] request) {
		Script lost = this.script;
		if (lost != null && lost.isAskedBy(request, this.about) && this.answers.decrementAndGet() == 0) {
			this.script = null;
			this.hurt.incrementAndGet();
			return this.ending;
		}
		return null;
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				try {
					Socket server = new Socket(InetAddress.getByName("127.0.0.1"), this.target);
					this.connections.add(new Connection(this, client, server));
				}
				catch (IOException ex) {
					client.setSoLinger(true, 0);
					client.close();
				}
			}
		}
		catch (IOException ex) {
			reset();
		}
	}

	static void start(Runnable task) {
		Thread thread = new Thread(task, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		reset();
	}

	/**
	 * How a connection ends whose answer was lost.
	 */
	public enum Ending {

		/** It says nothing more, and stays open. */
		SILENCE,

		/** It is broken. */
		RESET,

		/** Half of the answer comes, then it is broken. */
		HALF,

		/** Garbage comes instead. */
		GARBAGE

	}

}
