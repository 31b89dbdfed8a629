package io.github.distributedlock.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.distributedlock.reliability.report.Figures;
import io.github.distributedlock.reliability.report.Machine;
import io.github.distributedlock.reliability.report.Outcome;
import io.github.distributedlock.reliability.report.Report;
import io.github.distributedlock.reliability.report.SubjectOutcome;
import io.github.distributedlock.reliability.report.Verdict;
import io.github.distributedlock.reliability.scenario.Gauntlet;
import io.github.distributedlock.reliability.scenario.Runs;
import io.github.distributedlock.reliability.scenario.Scenario;

/**
 * Tries to break the lock. Options, each with a value:
 * <ul>
 * <li>{@code --profile}: {@code ci} (each scenario once, one series of faults for broken
 * locks) or {@code long} (for half an hour, three series, and those of others)
 * <li>{@code --seed}: where chance comes from; the next one for each pass
 * <li>{@code --minutes}: how long scenarios are repeated
 * <li>{@code --scenario}: only these, by name or row, with commas; {@code none}
 * <li>{@code --series}: how many series of faults for broken locks, and, if long, those
 * of others
 * <li>{@code --output}: where results and the histories of violations go
 * </ul>
 * Ends with 0 only if nothing was violated, each fault had an effect, and each broken
 * lock was found.
 */
public final class Reliability {

	private static final Set<String> OPTIONS = Set.of("--profile", "--seed", "--minutes", "--scenario", "--series",
			"--output");

	private final Map<String, String> options;

	private final PrintStream out = System.out;

	private final long from = System.nanoTime();

	private final Figures figures = new Figures();

	private final List<Outcome> outcomes = new ArrayList<>();

	private final List<SubjectOutcome> subjects = new ArrayList<>();

	private final boolean isLong;

	private final long seed;

	private final Path output;

	private Reliability(Map<String, String> options) {
		this.options = options;
		this.isLong = option("--profile", "ci").equals("long");
		this.seed = Long.parseLong(option("--seed", "" + System.currentTimeMillis() % 1_000_000));
		this.output = Path.of(option("--output", "target/reliability")).toAbsolutePath();
	}

	/**
	 * Runs a profile.
	 * @param arguments see above
	 * @throws IOException if nothing can be written
	 */
	public static void main(String[] arguments) throws IOException {
		Map<String, String> options = new HashMap<>();
		for (int i = 0; i < arguments.length; i += 2) {
			if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
				throw new IllegalArgumentException(
						"'" + arguments[i] + "' must be one of " + OPTIONS + " and have a value");
			}
			options.put(arguments[i], arguments[i + 1]);
		}
		System.exit(new Reliability(options).run() ? 0 : 1);
	}

	private String option(String name, String otherwise) {
		return this.options.getOrDefault(name, otherwise);
	}

	private boolean run() throws IOException {
		scenarios();
		int series = Integer.parseInt(option("--series", (this.isLong) ? "3" : "1"));
		series(new Gauntlet(true, this.out), "controls-", series);
		if (this.isLong) {
			series(new Gauntlet(false, this.out), "peers-", series);
		}
		Report report = report();
		report.write(this.output);
		this.out.println(report.markdown());
		return report.isGreen();
	}

	private void scenarios() throws IOException {
		List<String> names = Arrays.asList(option("--scenario", "").split(","));
		List<Scenario> scenarios = Runs.all()
			.stream()
			.filter((scenario) -> names.contains("") || names.contains(scenario.name())
					|| names.contains(scenario.row()))
			.toList();
		long until = this.from + 60_000_000_000L * Long.parseLong(option("--minutes", (this.isLong) ? "30" : "0"));
		Runs runs = new Runs(this.figures, this.out);
		for (long pass = 0; !scenarios.isEmpty() && (pass == 0 || System.nanoTime() < until); pass++) {
			Path directory = directory("seed-" + (this.seed + pass));
			this.out.println("Seed " + (this.seed + pass));
			List<Outcome> all = runs.pass(scenarios, directory, this.seed + pass, (this.isLong) ? 6 : 4,
					(this.isLong) ? 1500 : 5000);
			this.outcomes.addAll(all);
			report().write(this.output);
			if (all.stream().noneMatch((outcome) -> outcome.verdict() == Verdict.VIOLATED)) {
				delete(directory);
			}
		}
	}

	private void series(Gauntlet gauntlet, String name, int series) throws IOException {
		for (int run = 0; run < series; run++) {
			this.out.println("Series " + name + (this.seed + run));
			gauntlet.run(directory(name + (this.seed + run)), this.seed + run);
		}
		this.subjects.addAll(gauntlet.outcomes());
	}

	private Report report() {
		return new Report(option("--profile", "ci"), this.seed, Machine.here(),
				(System.nanoTime() - this.from) / 1_000_000_000, this.figures.counts(), this.figures.times(),
				this.outcomes, this.subjects, Runs.notCovered());
	}

	private Path directory(String name) throws IOException {
		Path directory = this.output.resolve(name);
		delete(directory);
		return directory;
	}

	private static void delete(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.sorted((left, right) -> right.compareTo(left)).forEach((file) -> file.toFile().delete());
			}
		}
	}

}
