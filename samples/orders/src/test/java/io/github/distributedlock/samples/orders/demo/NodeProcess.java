package io.github.distributedlock.samples.orders.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node of the shop, as a process of this machine. What it prints goes to a file.
 */
final class NodeProcess implements AutoCloseable {

	private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1",
			"-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED",
			"--sun-misc-unsafe-memory-access=allow");

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private final String name;

	private final Path log;

	private final Process process;

	private NodeProcess(String name, Path log, Process process) {
		this.name = name;
		this.log = log;
		this.process = process;
	}

	static NodeProcess start(String name, Path directory, Map<String, String> properties) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM_OPTIONS);
		command.addAll(List.of("-classpath", System.getProperty("java.class.path"), NodeMain.class.getName()));
		command.addAll(List.of("--orders.node=" + name, "--server.port=0", "--server.address=127.0.0.1"));
		properties.forEach((key, value) -> command.add("--" + key + "=" + value));
		Files.createDirectories(directory);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		NodeProcess node = new NodeProcess(name, directory.resolve("node-" + name + ".log"), process);
		Thread reader = new Thread(node::read, "output of node " + name);
		reader.setDaemon(true);
		reader.start();
		return node;
	}

	String name() {
		return this.name;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Waits until the node serves requests.
	 * @return where it does
	 */
	String url() {
		try {
			return "http://127.0.0.1:" + this.port.get(120, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Node " + this.name + " did not start, see " + this.log, ex);
		}
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader();
				PrintWriter copy = new PrintWriter(Files.newBufferedWriter(this.log), true)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				copy.println(line);
				if (line.startsWith(NodeMain.READY)) {
					this.port.complete(Integer.valueOf(line.substring(NodeMain.READY.length())));
				}
			}
			this.port.completeExceptionally(new IllegalStateException("The process has ended"));
		}
		catch (IOException ex) {
			this.port.completeExceptionally(ex);
		}
	}

	/**
	 * Has the node shut down in order, or kills it if it does not within half a minute.
	 */
	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
