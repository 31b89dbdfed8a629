package io.github.distributedlock.benchmarks.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * A task in a JVM of its own.
 */
final class ForkedJvm implements Fork {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Process process;

	private final BufferedReader output;

	private final Path log;

	ForkedJvm(List<String> java, Task task, Path log) throws IOException {
		List<String> command = new java.util.ArrayList<>(java);
		command.add(Worker.class.getName());
		command.add(task.getClass().getName());
		command.add(JSON.writeValueAsString(task));
		this.log = log;
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		this.output = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
	}

	@Override
	public void awaitReady() throws IOException {
		await(Worker.READY);
	}

	@Override
	public void awaitMeasured() throws IOException {
		await(Worker.MEASURED);
	}

	@Override
	public void go() throws IOException {
		OutputStream input = this.process.getOutputStream();
		input.write('\n');
		input.flush();
	}

	@Override
	public Outcome outcome() throws IOException {
		String json = await(Worker.OUTCOME).substring(Worker.OUTCOME.length());
		return JSON.readValue(json, Outcome.class);
	}

	private String await(String start) throws IOException {
		String line = this.output.readLine();
		if (line == null || !line.startsWith(start)) {
			throw new IOException("The JVM said " + line + " instead of " + start.trim() + ", see " + this.log);
		}
		return line;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
