package io.github.distributedlock.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM of the fleet.
 */
final class FleetProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private FleetProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	static FleetProcess start(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		try {
			return new FleetProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits until the process says something.
	 * @return the line
	 */
	String await(String prefix) throws IOException {
		StringBuilder said = new StringBuilder();
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith(prefix)) {
				return line;
			}
			said.append(line).append('\n');
		}
		throw new IllegalStateException("The process ended without saying '" + prefix + "':\n" + said);
	}

	void tell(String line) throws IOException {
		this.process.outputWriter().write(line + "\n");
		this.process.outputWriter().flush();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Asks the process to end, as an orchestrator does.
	 */
	void terminate() {
		this.process.toHandle().destroy();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
