package io.github.distributedlock.benchmarks.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts tasks.
 */
public final class Forks {

	private static final List<String> SAME_FOR_ALL = List.of("-Xms1g", "-Xmx1g", "-Djava.awt.headless=true");

	private final boolean local;

	private final Path directory;

	private final Path java;

	/**
	 * Creates what starts tasks.
	 * @param local whether they run in this JVM, to see that they work
	 * @param directory where JVMs leave their logs
	 * @param java the {@code java} of JVMs that do not need a certain one
	 */
	public Forks(boolean local, Path directory, Path java) {
		this.local = local;
		this.directory = directory;
		this.java = java;
	}

	/**
	 * Starts a task.
	 * @param task the task
	 * @param options options of its JVM
	 * @return the running task
	 * @throws IOException if no JVM can be started
	 */
	public Fork start(Task task, String... options) throws IOException {
		return (this.local) ? new LocalThread(task) : startJvm(this.java, task, options);
	}

	/**
	 * Starts a task in another JVM, always.
	 * @param java the {@code java} to start
	 * @param task the task
	 * @param options options of its JVM
	 * @return the running task
	 * @throws IOException if no JVM can be started
	 */
	public Fork startJvm(Path java, Task task, String... options) throws IOException {
		Files.createDirectories(this.directory);
		List<String> command = new ArrayList<>();
		command.add(java.toString());
		command.addAll(SAME_FOR_ALL);
		command.addAll(List.of(options));
		command.add("-classpath");
		command.add(System.getProperty("java.class.path"));
		return new ForkedJvm(command, task, this.directory.resolve("jvms.log"));
	}

	/**
	 * Runs a task from start to end.
	 * @param task the task
	 * @param options options of its JVM
	 * @return what it measured
	 * @throws Exception if it failed
	 */
	public Outcome run(Task task, String... options) throws Exception {
		try (Fork fork = start(task, options)) {
			return run(fork);
		}
	}

	/**
	 * Lets a started task run to its end.
	 * @param fork the task
	 * @return what it measured
	 * @throws Exception if it failed
	 */
	public static Outcome run(Fork fork) throws Exception {
		fork.awaitReady();
		fork.go();
		fork.awaitMeasured();
		fork.go();
		return fork.outcome();
	}

}
