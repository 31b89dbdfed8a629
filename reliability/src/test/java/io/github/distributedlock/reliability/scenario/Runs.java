package io.github.distributedlock.reliability.scenario;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.distributedlock.reliability.check.Checker;
import io.github.distributedlock.reliability.check.Checker.Findings;
import io.github.distributedlock.reliability.check.Violation;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.lab.Lab;
import io.github.distributedlock.reliability.report.Figures;
import io.github.distributedlock.reliability.report.Outcome;
import io.github.distributedlock.reliability.report.Verdict;

/**
 * Runs scenarios, one after the other, on one fleet that works all the while.
 */
public final class Runs {

	static final Duration SHUTDOWN = Duration.ofSeconds(3);

	private static final Duration QUIET = Duration.ofSeconds(3);

	/** What shows nothing is tried again, so often at most. */
	private static final int REPEATS = 2;

	private final Figures figures;

	private final PrintStream out;

	private int passes;

	/**
	 * Creates the runner.
	 * @param figures where everything is counted
	 * @param out where progress is told
	 */
	public Runs(Figures figures, PrintStream out) {
		this.figures = figures;
		this.out = out;
	}

	/**
	 * Returns all scenarios.
	 * @return in the order of the matrix
	 */
	public static List<Scenario> all() {
		return Stream.of(HolderFaults.all(), ServerFaults.all(), OutageFaults.all(), NetworkFaults.all())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * Returns which rows of the matrix have no scenario.
	 * @return why, by row
	 */
	public static Map<String, String> notCovered() {
		Map<String, String> rows = new LinkedHashMap<>();
		rows.put("A6", "that the renewing thread dies: nothing outside the process can end it");
		rows.put("A10", "memory runs out in the renewal: not to be aimed from outside");
		rows.put("A16", "the machine is suspended: not possible here; see the tests on a virtual clock");
		rows.put("B3", "power loss: needs a file system that loses what was not synced");
		rows.put("B10", "LOADING and MISCONF: see RedisFailuresTests");
		rows.put("B13", "the server's clock is stepped: needs libfaketime, which is not installed");
		rows.put("C1 to C13", "Sentinel, Cluster and Redlock: these scenarios concern one server");
		rows.put("D8", "name resolution and certificates: see RedisTlsIntegrationTests");
		rows.put("D9", "WAIT: not used on one server");
		rows.put("E10", "order of transaction and lock: see LockTransactionTests and TransactionOrderTests");
		return rows;
	}

	/**
	 * Runs scenarios on a new fleet, in random order, and checks what happened.
	 * @param scenarios what to do
	 * @param directory where the logs go
	 * @param seed where chance comes from
	 * @param threads how many threads each node has for short calls
	 * @param pause microseconds between two of their calls
	 * @return what became of each
	 */
	public List<Outcome> pass(List<Scenario> scenarios, Path directory, long seed, int threads, int pause) {
		List<Scenario> order = new ArrayList<>(scenarios);
		Collections.shuffle(order, new Random(seed));
		List<Outcome> outcomes = new ArrayList<>();
		List<Long> begun = new ArrayList<>();
		History history;
		try (Lab lab = new Lab(directory, seed, "distributed-lock.shutdown-timeout=" + SHUTDOWN.toMillis() + "ms")) {
			lab.load("SWIFT", threads, 6, pause, "swift");
			lab.load("SLOW", 2, 3, 10_000, "slow");
			Lab.pass(QUIET);
			for (int i = 0; i < order.size(); i++) {
				Scenario scenario = order.get(i);
				begun.add(System.nanoTime());
				outcomes.add(run(scenario, lab, new Random(seed)));
				if (outcomes.get(i).verdict() == Verdict.INCONCLUSIVE
						&& Collections.frequency(order, scenario) <= REPEATS) {
					order.add(scenario);
				}
			}
			lab.calm();
			lab.inspect();
			history = lab.history();
		}
		Findings findings = Checker.check(history);
		this.figures.add(history, findings);
		return with(findings, outcomes, begun);
	}

	private Outcome run(Scenario scenario, Lab lab, Random random) {
		Probe probe = new Probe(lab, scenario.row().toLowerCase(java.util.Locale.ROOT) + "n" + ++this.passes, random);
		long from = System.nanoTime();
		try {
			scenario.fault().inject(probe);
		}
		catch (RuntimeException ex) {
			probe.expect(false, "no " + ex);
		}
		lab.chronicle().fault(scenario.name(), from, Probe.LEASE.plusMillis(500), scenario.admits(), "");
		if (probe.isEffective()) {
			lab.chronicle().observed(scenario.name());
		}
		probe.measured().forEach((what, times) -> times.forEach((nanos) -> this.figures.time(what, nanos)));
		lab.forget();
		long healed = lab.heal(probe.lock());
		probe.expect(healed >= 0, "every node works again within ten seconds");
		this.figures.time("everybody works again", Math.max(0, healed));
		Verdict verdict = probe.verdict(lab.isStarved(from));
		this.out.printf("%-4s %-50s %-12s %5.1f s  %s %s%n", scenario.row(), scenario.name(), verdict,
				(System.nanoTime() - from) / 1e9, probe.seen(),
				(probe.failures().isEmpty()) ? "" : "EXPECTED " + probe.failures());
		this.out.flush();
		return new Outcome(scenario.row(), scenario.name(), scenario.expected(), probe.seen(), verdict,
				probe.failures());
	}

	/** What was violated counts for the scenario during which it was. */
	private List<Outcome> with(Findings findings, List<Outcome> outcomes, List<Long> begun) {
		List<Outcome> all = new ArrayList<>();
		for (int i = 0; i < outcomes.size(); i++) {
			long from = (i > 0) ? begun.get(i) : Long.MIN_VALUE;
			long to = (i + 1 < begun.size()) ? begun.get(i + 1) : Long.MAX_VALUE;
			List<String> violations = findings.violations()
				.stream()
				.filter((violation) -> violation.at() >= from && violation.at() < to)
				.map(Violation::line)
				.toList();
			violations.forEach((text) -> this.out.println("     " + text));
			all.add(outcomes.get(i).with(violations));
		}
		return all;
	}

}
