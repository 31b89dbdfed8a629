package io.github.distributedlock.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Forks;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Figure;
import io.github.distributedlock.benchmarks.report.Findings;
import io.github.distributedlock.benchmarks.report.Machine;
import io.github.distributedlock.benchmarks.report.Ratio;
import io.github.distributedlock.benchmarks.report.Report;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.scenario.Effort;
import io.github.distributedlock.benchmarks.scenario.Lab;
import io.github.distributedlock.benchmarks.scenario.Scenario;
import io.github.distributedlock.benchmarks.server.RedisServer;
import io.github.distributedlock.benchmarks.server.ServerStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything runs, for a moment: how fast it is says nothing here.
 */
class ScenarioIntegrationTests {

	private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

	@TempDir
	private static Path directory;

	private static RedisServer redis;

	@BeforeAll
	static void start() throws Exception {
		redis = RedisServer.start(directory);
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	static Stream<String> names() {
		return Scenario.all().stream().map(Scenario::name);
	}

	@ParameterizedTest
	@MethodSource("names")
	void scenarioRunsAndReportsSaneFigures(String name) throws Exception {
		Scenario scenario = Scenario.all().stream().filter((one) -> one.name().equals(name)).findFirst().orElseThrow();
		Path java21 = (Runtime.version().feature() >= 21) ? JAVA : null;
		Sheet sheet = new Sheet();
		scenario.run(new Lab(redis.port(), new Forks(true, directory, JAVA), Effort.smoke(), java21), sheet);
		Findings findings = sheet.findings(scenario.name(), scenario.title());
		assertThat(findings.figures().isEmpty()).as(findings.notes().toString())
			.isEqualTo(findings.notes().stream().anyMatch((note) -> note.startsWith("Not measured")));
		assertThat(findings.figures()).flatExtracting(Figure::runs).allSatisfy((run) -> assertThat(run).isFinite());
		assertThat(findings.notes()).noneMatch((note) -> note.contains("two holders"));
		new Report(Machine.here(ServerStatistics.of(redis.port()).version(), Duration.ofMillis(10)), 1,
				List.of(findings))
			.write(directory);
		assertThat(directory.resolve("results.json")).content().contains("\"" + name + "\"", "\"processor\"");
		assertThat(directory.resolve("results.md")).content().contains(scenario.title());
		for (Ratio ratio : findings.ratios()) {
			assertThat(directory.resolve("results.md")).content().contains(ratio.metric());
		}
	}

	@Test
	void forkedJvmMeasures() throws Exception {
		Effort effort = Effort.smoke();
		Outcome outcome = new Forks(false, directory, JAVA).run(new LockLoad(Contestant.DISTRIBUTED_LOCK, redis.port(),
				1, 2, 1, Duration.ZERO, Duration.ZERO, effort.warmUp(), effort.measured()));
		assertThat(outcome.number(LockLoad.CYCLES)).isPositive();
		assertThat(outcome.number(LockLoad.VIOLATIONS)).isZero();
		assertThat((double) outcome.latencies(LockLoad.WAIT).count()).isEqualTo(outcome.number(LockLoad.CYCLES));
	}

}
