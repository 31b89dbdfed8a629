package io.github.distributedlock.test.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM, with the class path of this one. Talks in lines.
 */
public final class JvmProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private JvmProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	/**
	 * Starts a JVM with a small heap.
	 * @param main its main class
	 * @param arguments what it is told
	 * @return the process
	 */
	public static JvmProcess start(Class<?> main, String... arguments) {
		return start(192, main, arguments);
	}

	/**
	 * Starts a JVM.
	 * @param heap its largest heap in megabytes
	 * @param main its main class
	 * @param arguments what it is told
	 * @return the process
	 */
	public static JvmProcess start(int heap, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap + "m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		try {
			return new JvmProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the process says something.
	 * @param prefix how the line begins
	 * @return the line
	 * @throws IOException if it cannot be read
	 */
	public String await(String prefix) throws IOException {
		StringBuilder said = new StringBuilder();
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith(prefix)) {
				return line;
			}
			said.append(line).append('\n');
		}
		throw new IllegalStateException("The process ended without saying '" + prefix + "':\n" + said);
	}

	/**
	 * Says a line to the process.
	 * @param line the line
	 * @throws IOException if the process is gone
	 */
	public void tell(String line) throws IOException {
		this.process.outputWriter().write(line + "\n");
		this.process.outputWriter().flush();
	}

	/**
	 * Returns what the process says, line by line.
	 * @return its output, to be read by one reader
	 */
	public BufferedReader output() {
		return this.output;
	}

	/**
	 * Sends a signal.
	 * @param signal which one
	 */
	public void signal(ProcessSignal signal) {
		signal.send(this.process);
	}

	/**
	 * Kills the process, and waits until it is gone.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Asks the process to end, as an orchestrator does.
	 */
	public void terminate() {
		this.process.toHandle().destroy();
	}

	/**
	 * Waits until the process has ended.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void awaitEnd() throws InterruptedException {
		this.process.waitFor();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
