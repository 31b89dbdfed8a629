package io.github.distributedlock.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.distributedlock.benchmarks.fork.Forks;
import io.github.distributedlock.benchmarks.report.Findings;
import io.github.distributedlock.benchmarks.report.Machine;
import io.github.distributedlock.benchmarks.report.MarkdownTable;
import io.github.distributedlock.benchmarks.report.Report;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.scenario.Effort;
import io.github.distributedlock.benchmarks.scenario.Lab;
import io.github.distributedlock.benchmarks.scenario.Scenario;
import io.github.distributedlock.benchmarks.server.RedisServer;
import io.github.distributedlock.benchmarks.server.ServerStatistics;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures, prints what came out, and writes it to files.
 */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Measures the lock beside others, against a Redis of its own.")
public final class Benchmarks implements Callable<Integer> {

	@Option(names = "--scenario", split = ",", description = "Only these, by name. Everything by default.")
	private List<String> names = new ArrayList<>();

	@Option(names = "--list", description = "Names the scenarios, and measures nothing.")
	private boolean list;

	@Option(names = "--rounds", defaultValue = "5",
			description = "How many runs each value is the median of. Default: ${DEFAULT-VALUE}")
	private int rounds;

	@Option(names = "--neighbours", defaultValue = "2",
			description = "How many runs there are of contestants that no figure is held against. Default: ${DEFAULT-VALUE}")
	private int neighbours;

	@Option(names = "--smoke", description = "Only shows that everything works.")
	private boolean smoke;

	@Option(names = "--output", defaultValue = "target/benchmark",
			description = "Directory for results.json, results.md, charts and logs. Default: ${DEFAULT-VALUE}")
	private Path output = Path.of("target/benchmark");

	@Option(names = "--java21",
			description = "Home of a JDK 21 or later for virtual threads. Default: the one that runs this, if it is")
	private @Nullable Path java21;

	/**
	 * Measures.
	 * @param arguments see {@code --help}
	 */
	public static void main(String[] arguments) {
		System.exit(new CommandLine(new Benchmarks()).execute(arguments));
	}

	@Override
	public Integer call() throws Exception {
		PrintStream out = System.out;
		if (this.list) {
			Scenario.all().forEach((scenario) -> out.printf("%-20s %s%n", scenario.name(), scenario.title()));
			return 0;
		}
		List<Scenario> scenarios = Scenario.all()
			.stream()
			.filter((scenario) -> this.names.isEmpty() || this.names.contains(scenario.name()))
			.toList();
		if (scenarios.isEmpty()) {
			throw new IllegalArgumentException("There is no scenario " + this.names + ": see --list");
		}
		try (RedisServer redis = RedisServer.start(this.output)) {
			Machine machine = Machine.here(ServerStatistics.of(redis.port()).version(), Duration.ofSeconds(3));
			if (!machine.isQuiet()) {
				out.printf("This machine is busy (%.0f %%): do not believe what follows.%n%n", machine.busy() * 100);
			}
			Lab lab = new Lab(redis.port(), new Forks(this.smoke, this.output, java(System.getProperty("java.home"))),
					(this.smoke) ? Effort.smoke() : Effort.full(this.rounds, this.neighbours), newerJava());
			List<Findings> findings = new ArrayList<>();
			boolean failed = false;
			for (Scenario scenario : scenarios) {
				Sheet sheet = new Sheet();
				failed |= !run(scenario, lab, sheet);
				findings.add(sheet.findings(scenario.name(), scenario.title()));
				out.println(MarkdownTable.of(findings.get(findings.size() - 1)));
				new Report(machine, lab.effort().rounds(), findings).write(this.output);
			}
			return (failed) ? 1 : 0;
		}
	}

	/** One that cannot be measured does not cost the others. */
	private static boolean run(Scenario scenario, Lab lab, Sheet sheet) {
		try {
			scenario.run(lab, sheet);
			return true;
		}
		catch (Exception ex) {
			ex.printStackTrace();
			sheet.note("Not measured to its end: " + ex);
			return false;
		}
	}

	private @Nullable Path newerJava() {
		if (this.java21 != null) {
			return java(this.java21.toString());
		}
		return (Runtime.version().feature() >= 21) ? java(System.getProperty("java.home")) : null;
	}

	private static Path java(String home) {
		return Path.of(home, "bin", "java");
	}

}
