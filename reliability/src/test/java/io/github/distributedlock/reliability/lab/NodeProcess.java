package io.github.distributedlock.reliability.lab;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.node.FleetNode;
import io.github.distributedlock.reliability.proxy.FaultProxy;
import io.github.distributedlock.test.process.JvmProcess;
import io.github.distributedlock.test.process.ProcessSignal;
import org.jspecify.annotations.Nullable;

/**
 * A node of the fleet as its supervisor sees it, with a network of its own.
 */
public final class NodeProcess implements AutoCloseable {

	private static final int HEAP = 400;

	private static final long STARVED = 150_000_000;

	private static final Duration ANSWER = Duration.ofSeconds(60);

	private final String id;

	private final FaultProxy network;

	private final JvmProcess process;

	private final Chronicle chronicle;

	private final List<String> said = new ArrayList<>();

	private final List<Event> events = new ArrayList<>();

	private boolean ended;

	private long pausedAt = Long.MIN_VALUE;

	private long stalledAt = Long.MIN_VALUE;

	NodeProcess(Path directory, String id, FaultProxy network, int resource, Chronicle chronicle,
			String... properties) {
		this.id = id;
		this.network = network;
		this.chronicle = chronicle;
		List<String> arguments = new ArrayList<>(List.of(directory.toString(), id, "" + network.port(), "" + resource));
		arguments.addAll(List.of(properties));
		this.process = JvmProcess.start(HEAP, FleetNode.class, arguments.toArray(String[]::new));
		Thread reader = new Thread(() -> read(directory.resolve(id + ".log")), id);
		reader.setDaemon(true);
		reader.start();
	}

	private void read(Path log) {
		try (BufferedWriter file = Files.newBufferedWriter(log, StandardOpenOption.CREATE)) {
			for (String line = this.process.output().readLine(); line != null; line = this.process.output()
				.readLine()) {
				if (line.startsWith(FleetNode.EVENT)) {
					Event event = Event.parse(line.substring(FleetNode.EVENT.length()));
					add(this.events, event);
					stalled(event);
				}
				else {
					add(this.said, line);
					file.write(line + "\n");
					file.flush();
				}
			}
		}
		catch (IOException ex) {
			// The process was killed.
		}
		synchronized (this) {
			this.ended = true;
			notifyAll();
		}
	}

	/** What is a stop is no starvation. */
	private synchronized void stalled(Event event) {
		if (event.kind() == Kind.STALLED && event.number() > STARVED && event.at() - event.number() > this.pausedAt) {
			this.stalledAt = event.at();
		}
	}

	/**
	 * Returns whether the machine starved the process.
	 * @param since since when
	 * @return whether it could do nothing for a while
	 */
	public synchronized boolean isStalled(long since) {
		return this.stalledAt > since;
	}

	/**
	 * Returns whether the process has ended, in whatever way.
	 * @return whether it said its last
	 */
	public synchronized boolean hasEnded() {
		return this.ended;
	}

	private synchronized <T> void add(List<T> list, T item) {
		list.add(item);
		notifyAll();
	}

	private synchronized <T> @Nullable T await(List<T> list, Predicate<T> wanted, Duration timeout) {
		long until = System.nanoTime() + timeout.toNanos();
		int from = 0;
		while (true) {
			for (; from < list.size(); from++) {
				if (wanted.test(list.get(from))) {
					return list.get(from);
				}
			}
			long left = (until - System.nanoTime()) / 1_000_000;
			if (left <= 0 || this.ended) {
				return null;
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * Returns the process's name.
	 * @return the name
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the network between this node and the store.
	 * @return the network
	 */
	public FaultProxy network() {
		return this.network;
	}

	/**
	 * Waits for an event of a call.
	 * @param kind what
	 * @param lock of which lock
	 * @param timeout for how long at most
	 * @return the first such event, or {@code null}
	 */
	public @Nullable Event await(Kind kind, String lock, Duration timeout) {
		return await(this.events, (event) -> event.kind() == kind && event.lock().equals(lock), timeout);
	}

	/**
	 * Waits until the process says something.
	 * @param prefix how the line begins
	 * @return the line
	 */
	public String await(String prefix) {
		String line = await(this.said, (said) -> said.startsWith(prefix), ANSWER);
		if (line == null) {
			throw new IllegalStateException(this.id + " did not say '" + prefix + "', but " + this.said);
		}
		synchronized (this) {
			this.said.clear();
		}
		return line;
	}

	/**
	 * Tells the process what to do.
	 * @param line see {@link FleetNode}
	 */
	public void tell(String line) {
		try {
			this.process.tell(line);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Kills the process. */
	public void kill() {
		try {
			this.process.kill();
			this.chronicle.note(this.id, Kind.DIED, 0);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Asks the process to shut down, and returns at once. */
	public void terminate() {
		this.process.signal(ProcessSignal.TERM);
	}

	/** Waits until the process has shut down. */
	public void awaitEnd() {
		try {
			this.process.awaitEnd();
			this.chronicle.note(this.id, Kind.DIED, 0);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Stops the process. */
	public void pause() {
		this.pausedAt = System.nanoTime();
		this.chronicle.note(this.id, Kind.PAUSED, 0);
		this.process.signal(ProcessSignal.STOP);
	}

	/** Lets the process go on. */
	public void resume() {
		this.chronicle.note(this.id, Kind.RESUMED, System.nanoTime() - this.pausedAt);
		this.process.signal(ProcessSignal.CONT);
	}

	@Override
	public void close() {
		this.process.close();
		this.network.close();
	}

}
