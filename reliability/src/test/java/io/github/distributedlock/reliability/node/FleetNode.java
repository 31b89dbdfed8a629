package io.github.distributedlock.reliability.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.history.Hiccups;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.resource.ResourceClient;
import io.github.distributedlock.reliability.subject.Subjects;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A node of the fleet: {@code directory id redis-port resource-port [property...]}. Does
 * what it reads, line by line:
 * <ul>
 * <li>{@code call <lock> <mode> <millis> [extra...]}: one call, on a thread of its own
 * <li>{@code end <lock>}, {@code interrupt <lock>}: those that call it
 * <li>{@code crowd <locks> <callers> <prefix> <mode> <millis>}: that many callers for
 * each lock
 * <li>{@code load <kind> <threads> <locks> <pause in us> <prefix> <seed>}, {@code calm}
 * <li>{@code threads}: how many there are
 * <li>{@code exit}
 * </ul>
 */
public final class FleetNode {

	/** How a line begins that tells of an event. */
	public static final String EVENT = "event ";

	/** The property that names what else is tested, by prefixes of locks. */
	public static final String SUBJECTS = "reliability.subjects";

	private final PrintStream output = System.out;

	private final AtomicLong sequence = new AtomicLong();

	private final Map<Thread, Caller> callers = new ConcurrentHashMap<>();

	private final Map<Thread, String> locks = new ConcurrentHashMap<>();

	private final List<Thread> load = new ArrayList<>();

	private final String id;

	private final EventLog log;

	private final Map<String, Subject> subjects;

	private final ResourceClient resource;

	private volatile boolean calm;

	private FleetNode(String id, EventLog log, Map<String, Subject> subjects, ResourceClient resource) {
		this.id = id;
		this.log = log;
		this.subjects = subjects;
		this.resource = resource;
	}

	/**
	 * Runs a node until it is told to exit.
	 * @param arguments see above
	 * @throws Exception if it does not start
	 */
	public static void main(String[] arguments) throws Exception {
		EventLog log = new EventLog(Path.of(arguments[0], arguments[1] + ".events"), arguments[1]);
		int port = Integer.parseInt(arguments[2]);
		ConfigurableApplicationContext context = Application.start(port, log,
				Arrays.copyOfRange(arguments, 4, arguments.length));
		FleetNode node = new FleetNode(arguments[1], log, subjects(context, arguments[1], port, log),
				new ResourceClient(Integer.parseInt(arguments[3])));
		Runtime.getRuntime().addShutdownHook(new Thread(context::close));
		Hiccups.watch((nanos) -> node.echo(log.add(System.nanoTime(), Kind.STALLED, "", "", nanos, 0, "")));
		node.output.println("ready");
		node.read(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
		System.exit(0);
	}

	private static Map<String, Subject> subjects(ConfigurableApplicationContext context, String id, int port,
			EventLog log) {
		Map<String, Subject> subjects = new HashMap<>();
		subjects.put("", Subject.of(context.getBean(Work.class), context.getBean(LockRegistry.class)));
		for (String name : context.getEnvironment().getProperty(SUBJECTS, "").split(" ")) {
			if (!name.isEmpty()) {
				subjects.put(name, Subject.of(Subjects.create(name, id, port, log)));
			}
		}
		return subjects;
	}

	private void read(BufferedReader input) throws IOException, InterruptedException {
		for (String line = input.readLine(); line != null && !line.equals("exit"); line = input.readLine()) {
			String[] words = line.split(" ");
			switch (words[0]) {
				case "call" -> start(caller(Plan.parse(Arrays.copyOfRange(words, 1, words.length)), this::echo));
				case "crowd" -> crowd(words);
				case "end" -> this.callers.forEach((thread, caller) -> {
					if (words[1].equals(this.locks.get(thread))) {
						caller.end();
					}
				});
				case "interrupt" -> this.locks.forEach((thread, lock) -> {
					if (words[1].equals(lock)) {
						thread.interrupt();
					}
				});
				case "load" -> load(words);
				case "calm" -> calm();
				case "threads" ->
					this.output.println("threads " + ManagementFactory.getThreadMXBean().getThreadCount());
				default -> throw new IllegalArgumentException("'" + words[0] + "' is no command");
			}
		}
	}

	private Caller caller(Plan plan, Consumer<Event> echo) {
		Subject subject = this.subjects.getOrDefault(plan.lock().substring(0, plan.lock().indexOf('.') + 1),
				this.subjects.get(""));
		return new Caller(subject, plan, this.id + "-" + this.sequence.incrementAndGet(), this.log, this.resource,
				echo);
	}

	private void echo(Event event) {
		this.output.println(EVENT + event.line());
	}

	private void start(Caller caller) {
		Thread thread = new Thread(() -> {
			try {
				caller.call();
			}
			finally {
				this.callers.remove(Thread.currentThread());
				this.locks.remove(Thread.currentThread());
			}
		});
		this.callers.put(thread, caller);
		this.locks.put(thread, caller.lock());
		thread.start();
	}

	private void crowd(String[] words) {
		int locks = Integer.parseInt(words[1]);
		int callers = Integer.parseInt(words[2]);
		AtomicLong left = new AtomicLong((long) locks * callers);
		AtomicLong served = new AtomicLong();
		for (int lock = 0; lock < locks; lock++) {
			for (int caller = 0; caller < callers; caller++) {
				start(caller(Plan.parse(words[3] + lock, words[4], words[5]), (event) -> {
					if (event.kind() == Kind.ENDED) {
						served.addAndGet((event.text().equals("returned")) ? 1 : 0);
						if (left.decrementAndGet() == 0) {
							this.output.println("crowd " + served);
						}
					}
				}));
			}
		}
	}

	private void load(String[] words) {
		this.calm = false;
		Load kind = Load.valueOf(words[1]);
		for (int thread = 0; thread < Integer.parseInt(words[2]); thread++) {
			Random random = new Random(Long.parseLong(words[6]) + 31L * this.load.size());
			Thread started = new Thread(() -> {
				while (!this.calm) {
					caller(kind.next(words[5], Integer.parseInt(words[3]), random), (event) -> {
					}).call();
					Load.rest(Long.parseLong(words[4]), random);
				}
			});
			this.load.add(started);
			started.start();
		}
	}

	private void calm() throws InterruptedException {
		this.calm = true;
		for (Thread thread : this.load) {
			thread.join();
		}
		this.load.clear();
		this.output.println("calm");
	}

}
