package io.github.distributedlock.reliability;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.reliability.report.Figures;
import io.github.distributedlock.reliability.report.Outcome;
import io.github.distributedlock.reliability.report.Verdict;
import io.github.distributedlock.reliability.scenario.Runs;
import io.github.distributedlock.reliability.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A few faults, one of each kind. All of them take minutes: see {@link Reliability}.
 */
class ScenarioIntegrationTests {

	private static final Set<String> FAULTS = Set.of("holder killed", "holder stopped for three leases",
			"record deleted", "answer to an acquire lost", "network cut for two leases", "scripts forgotten");

	@Test
	void lockSurvivesAFewRealFaults(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) {
		List<Scenario> scenarios = Runs.all().stream().filter((scenario) -> FAULTS.contains(scenario.name())).toList();
		Figures figures = new Figures();
		List<Outcome> outcomes = new Runs(figures, System.out).pass(scenarios, directory, 42, 4, 5000);
		assertThat(outcomes).extracting(Outcome::name).containsAll(FAULTS);
		assertThat(outcomes).noneMatch((outcome) -> outcome.verdict() == Verdict.VIOLATED);
		assertThat(outcomes).filteredOn((outcome) -> outcome.verdict() == Verdict.HOLDS)
			.extracting(Outcome::name)
			.containsAll(FAULTS);
		assertThat(figures.count("violations")).isZero();
		assertThat(figures.count("fenced writes")).isPositive();
	}

}
