package io.github.distributedlock.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that came out of one run.
 *
 * @param machine where and with what
 * @param rounds how many runs each value is the median of
 * @param findings what, by scenario
 */
public record Report(Machine machine, int rounds, List<Findings> findings) {

	/**
	 * Writes the report: {@code results.json}, {@code results.md} and charts.
	 * @param directory where to
	 * @throws IOException if it cannot be written
	 */
	public void write(Path directory) throws IOException {
		Files.createDirectories(directory);
		JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Files.writeString(directory.resolve("results.json"), json.writeValueAsString(this) + "\n");
		Files.writeString(directory.resolve("results.md"), MarkdownTable.of(this));
		for (Findings findings : this.findings) {
			BarCharts.write(findings, directory);
		}
	}

}
