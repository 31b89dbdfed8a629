package io.github.distributedlock.reliability.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.Hiccups;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.proxy.FaultProxy;
import io.github.distributedlock.reliability.resource.ResourceNode;
import io.github.distributedlock.test.process.JvmProcess;
import io.github.distributedlock.test.redis.RedisProcess;

/**
 * A fleet of three nodes, its store, what it protects, and whoever disturbs it.
 */
public final class Lab implements AutoCloseable {

	/** The lease of all locks under test. */
	public static final Duration LEASE = Duration.ofMillis(1500);

	private static final int NODES = 3;

	private static final long STARVED = 150_000_000;

	private static final Duration WRITTEN = Duration.ofSeconds(1);

	private final Path directory;

	private final Chronicle chronicle;

	private final RedisProcess server;

	private final JvmProcess resource;

	private final int resourcePort;

	private final Sidecar sidecar;

	private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

	private final String[] properties;

	private final Loads loads;

	private final Thread killer = new Thread(this::kill);

	private volatile long starvedAt = Long.MIN_VALUE;

	private int starts;

	private int calls;

	/**
	 * Starts everything.
	 * @param directory where logs go
	 * @param seed where chance comes from
	 * @param properties of the nodes
	 */
	public Lab(Path directory, long seed, String... properties) {
		this.directory = directory;
		this.loads = new Loads(seed);
		this.properties = properties;
		try {
			Files.createDirectories(directory);
			this.chronicle = new Chronicle(directory);
			this.server = RedisProcess.launch("--enable-debug-command", "yes");
			this.resource = JvmProcess.start(ResourceNode.class, directory.toString());
			this.resourcePort = Integer.parseInt(this.resource.await("ready ").substring("ready ".length()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Hiccups.watch((nanos) -> this.starvedAt = (nanos > STARVED) ? System.nanoTime() : this.starvedAt);
		this.sidecar = new Sidecar(this.server, this.chronicle);
		Runtime.getRuntime().addShutdownHook(this.killer);
		for (int node = 0; node < NODES; node++) {
			this.nodes.add(launch(node));
		}
		this.nodes.forEach((node) -> node.await("ready"));
	}

	private NodeProcess launch(int node) {
		return launch(node, new FaultProxy(this.server.port()));
	}

	private NodeProcess launch(int node, FaultProxy network) {
		return new NodeProcess(this.directory, "n" + node + "." + ++this.starts, network, this.resourcePort,
				this.chronicle, this.properties);
	}

	/**
	 * Returns a node.
	 * @param number 0, 1 or 2
	 * @return the node
	 */
	public NodeProcess node(int number) {
		return this.nodes.get(number);
	}

	/**
	 * Starts a node anew whose process has ended.
	 * @param number which
	 */
	public void replace(int number) {
		replace(number, new FaultProxy(this.server.port()));
	}

	/**
	 * Starts a node anew behind a network that may be slow from the beginning.
	 * @param number which
	 * @param delay milliseconds in each direction
	 * @param jitter how much more, at most
	 */
	public void replace(int number, long delay, long jitter) {
		FaultProxy network = new FaultProxy(this.server.port());
		network.delay(delay, jitter);
		replace(number, network);
	}

	private void replace(int number, FaultProxy network) {
		this.nodes.get(number).close();
		this.nodes.set(number, launch(number, network));
		this.nodes.get(number).await("ready");
		this.loads.tellAll(this.nodes.get(number));
	}

	/**
	 * Returns the store.
	 * @return the store's process
	 */
	public RedisProcess server() {
		return this.server;
	}

	/**
	 * Returns where faults are noted.
	 * @return the supervisor's log
	 */
	public Chronicle chronicle() {
		return this.chronicle;
	}

	/**
	 * Returns the name of a lock's record in the store, and has it watched.
	 * @param lock which lock
	 * @return its name in Redis
	 */
	public String record(String lock) {
		this.sidecar.watch(lock);
		return Sidecar.record(lock);
	}

	/**
	 * Takes back whatever a fault may have left, starts nodes anew that have ended, and
	 * waits until every node has a lock again.
	 * @param lock a lock that nobody used before
	 * @return how long it took in nanoseconds, or -1 if a node has none after ten seconds
	 */
	public long heal(String lock) {
		Health.revive(this.server);
		for (int node = 0; node < NODES; node++) {
			if (this.nodes.get(node).hasEnded()) {
				replace(node);
			}
			this.nodes.get(node).network().heal();
		}
		Health.restore(this.server);
		long from = System.nanoTime();
		for (NodeProcess node : this.nodes) {
			if (!await(() -> works(node, lock), Duration.ofSeconds(10))) {
				return -1;
			}
		}
		return System.nanoTime() - from;
	}

	private boolean works(NodeProcess node, String prefix) {
		String lock = prefix + "h" + ++this.calls;
		node.tell("call " + lock + " HASTY 0");
		Event end = node.await(Kind.ENDED, lock, Duration.ofSeconds(5));
		return end != null && end.text().equals("returned");
	}

	/**
	 * Watches the records of no lock any longer.
	 */
	public void forget() {
		this.sidecar.forget();
	}

	/**
	 * Gives every node something to do, also those that are started later.
	 * @param kind what: {@code SWIFT} or {@code SLOW}
	 * @param threads how many threads each
	 * @param locks how many locks
	 * @param pause microseconds between two calls
	 * @param prefix how the names of the locks begin
	 */
	public void load(String kind, int threads, int locks, int pause, String prefix) {
		this.loads.add(kind + " " + threads + " " + locks + " " + pause + " " + prefix);
		this.nodes.forEach(this.loads::tellLast);
	}

	/** Lets every node rest. */
	public void calm() {
		this.nodes.forEach((node) -> node.tell("calm"));
		this.nodes.forEach((node) -> node.await("calm"));
		this.loads.clear();
	}

	/**
	 * Looks what is left when all is over. A lease may still have to end.
	 */
	public void inspect() {
		boolean clean = await(() -> Health.remains(this.server).isEmpty(), LEASE.plusSeconds(2));
		if (!clean) {
			this.chronicle.leaked("store", "records " + Health.remains(this.server));
		}
		long subscribers = String.valueOf(this.server.command("CLIENT", "LIST", "TYPE", "pubsub")).lines().count();
		if (subscribers > NODES) {
			this.chronicle.leaked("store", subscribers + " subscribed connections");
		}
	}

	/**
	 * Returns whether the machine starved a process, so that what was seen says little.
	 * @param since since when
	 * @return whether it did
	 */
	public boolean isStarved(long since) {
		return this.starvedAt > since || this.nodes.stream().anyMatch((node) -> node.isStalled(since));
	}

	/**
	 * Waits until something is so.
	 * @param condition what
	 * @param timeout for how long at most
	 * @return whether it is
	 */
	public static boolean await(BooleanSupplier condition, Duration timeout) {
		long until = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > until) {
				return false;
			}
			LockSupport.parkNanos(2_000_000);
		}
		return true;
	}

	/**
	 * Lets time pass: that is part of the fault.
	 * @param time how much
	 */
	public static void pass(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	/**
	 * Reads what happened until now. The logs are read one after the other, and a process
	 * that is starved may be late to write: what it does meanwhile is cut off, or one log
	 * would tell of a grant before which another has not told of the release.
	 * @return the history
	 */
	public History history() {
		long now = System.nanoTime();
		pass(WRITTEN);
		return History.read(this.directory).until(now);
	}

	private void kill() {
		this.nodes.forEach(NodeProcess::close);
		this.resource.close();
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.killer);
		kill();
		this.sidecar.close();
		this.server.close();
		this.chronicle.close();
	}

}
