package io.github.distributedlock.reliability.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.distributedlock.reliability.report.Figures.Spread;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that came out of a run.
 *
 * @param profile which run
 * @param seed where chance came from
 * @param machine where it ran, and with what
 * @param seconds how long it took
 * @param counts what was counted
 * @param times what was measured, in milliseconds
 * @param scenarios what became of each scenario, pass by pass
 * @param subjects what the checker found in broken locks and in others
 * @param notCovered which rows of the matrix have no scenario, and why
 */
public record Report(String profile, long seed, Map<String, String> machine, long seconds, Map<String, Long> counts,
		Map<String, Spread> times, List<Outcome> scenarios, List<SubjectOutcome> subjects,
		Map<String, String> notCovered) {

	/**
	 * Writes {@code results.json} and {@code results.md}.
	 * @param directory where
	 */
	public void write(Path directory) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("results.json"),
					JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(this));
			Files.writeString(directory.resolve("results.md"), markdown());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the report as people read it.
	 * @return text and tables in Markdown
	 */
	public String markdown() {
		StringBuilder text = new StringBuilder("# Results of a reliability run\n\n");
		text.append("Written by `--profile " + this.profile + " --seed " + this.seed + "` in " + this.seconds
				+ " s. What was done, and what the words mean, is in [reliability.md](reliability.md). "
				+ String.join(", ", this.machine.values()) + ".\n\n");
		Summary summary = new Summary(this.counts, this.times, this.subjects);
		String table = summary.markdown();
		text.append((!isGreen()) ? "**Not everything was as it must be**, or a fault had no effect: see the verdicts."
				: (summary.isKept()) ? "Everything was as it must be."
						: "Nothing was violated, but **something took longer than promised**.");
		text.append("\n\n").append(table);
		text.append("\n## Counted\n\n| | number |\n|---|---:|\n");
		this.counts.forEach((what, number) -> text.append("| " + what + " | " + number + " |\n"));
		text.append(
				"\n## Measured\n\n| milliseconds | number | min | p50 | p99 | max |\n|---|---:|---:|---:|---:|---:|\n");
		this.times.forEach(
				(what, spread) -> text.append(String.format(Locale.ROOT, "| %s | %d | %.1f | %.1f | %.1f | %.1f |%n",
						what, spread.count(), spread.min(), spread.p50(), spread.p99(), spread.max())));
		if (!this.scenarios.isEmpty()) {
			text.append(
					"\n## Faults\n\n*Holds 9/10* means that one of ten runs showed nothing, because the fault had no"
							+ " effect, or the machine starved a process or was late; it was tried again.\n\n"
							+ "| row | fault | expected | observed | verdict |\n|---|---|---|---|---|\n");
			byScenario().forEach((outcomes) -> text.append(row(outcomes)));
		}
		text.append("\n## Not covered\n\n| row | why |\n|---|---|\n");
		this.notCovered.forEach((row, reason) -> text.append("| " + row + " | " + reason + " |\n"));
		if (!this.subjects.isEmpty()) {
			text.append(SubjectOutcome.HEADER);
			this.subjects.forEach((subject) -> text.append(subject.row()));
		}
		return text.toString();
	}

	private Collection<List<Outcome>> byScenario() {
		Map<String, List<Outcome>> byName = new TreeMap<>(
				Comparator.comparing((String name) -> name.replaceAll("\\d.*", ""))
					.thenComparing((String name) -> Integer.parseInt(name.replaceAll("\\D*(\\d+) .*", "$1")))
					.thenComparing((String name) -> name));
		for (Outcome outcome : this.scenarios) {
			byName.computeIfAbsent(outcome.row() + " " + outcome.name(), (name) -> new ArrayList<>()).add(outcome);
		}
		return byName.values();
	}

	/** One row for each scenario, with the worst that became of it in any pass. */
	private static String row(List<Outcome> outcomes) {
		long held = outcomes.stream().filter((outcome) -> outcome.verdict() == Verdict.HOLDS).count();
		Verdict verdict = verdict(outcomes);
		Outcome shown = outcomes.stream()
			.filter((outcome) -> outcome.verdict() == verdict)
			.findFirst()
			.orElse(outcomes.get(0));
		String failures = (shown.failures().isEmpty()) ? ""
				: " **expected: " + String.join("; ", shown.failures()) + "**";
		return "| " + shown.row() + " | " + shown.name() + " | " + shown.expected() + " | " + shown.observed()
				+ failures + " | " + verdict.name().toLowerCase(Locale.ROOT) + " " + held + "/" + outcomes.size()
				+ " |\n";
	}

	/** What showed nothing once does not matter where it showed something later. */
	private static Verdict verdict(List<Outcome> outcomes) {
		Set<Verdict> verdicts = outcomes.stream().map(Outcome::verdict).collect(Collectors.toSet());
		if (verdicts.contains(Verdict.VIOLATED)) {
			return Verdict.VIOLATED;
		}
		return (verdicts.contains(Verdict.HOLDS)) ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
	}

	/**
	 * Returns whether everything was as it must be.
	 * @return whether nothing was violated and nothing inconclusive
	 */
	public boolean isGreen() {
		return byScenario().stream().allMatch((outcomes) -> verdict(outcomes) == Verdict.HOLDS)
				&& this.subjects.stream().allMatch(SubjectOutcome::isAsExpected);
	}

}
