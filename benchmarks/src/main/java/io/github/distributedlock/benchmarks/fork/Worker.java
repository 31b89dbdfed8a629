package io.github.distributedlock.benchmarks.fork;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import tools.jackson.databind.json.JsonMapper;

/**
 * The main class of a forked JVM: runs one task, given as its class and its JSON, and
 * writes the outcome to standard output. Whatever else prints goes to standard error.
 */
public final class Worker {

	static final String READY = "READY";

	static final String MEASURED = "MEASURED";

	static final String OUTCOME = "OUTCOME ";

	private static final JsonMapper JSON = JsonMapper.shared();

	private Worker() {
	}

	/**
	 * Runs the task and ends the JVM.
	 * @param arguments the task's class and its JSON
	 */
	@SuppressWarnings("SystemOut")
	public static void main(String[] arguments) {
		PrintStream output = System.out;
		System.setOut(System.err);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try {
			Task task = (Task) JSON.readValue(arguments[1], Class.forName(arguments[0]));
			Outcome outcome = task.run(new Signal() {

				@Override
				public void ready() throws IOException {
					step(READY);
				}

				@Override
				public void measured() throws IOException {
					step(MEASURED);
				}

				private void step(String name) throws IOException {
					output.println(name);
					output.flush();
					if (input.readLine() == null) {
						throw new EOFException("Nobody waits for this JVM any more");
					}
				}

			});
			output.println(OUTCOME + JSON.writeValueAsString(outcome));
			output.flush();
			Runtime.getRuntime().halt(0);
		}
		catch (Throwable ex) {
			ex.printStackTrace();
			Runtime.getRuntime().halt(1);
		}
	}

}
