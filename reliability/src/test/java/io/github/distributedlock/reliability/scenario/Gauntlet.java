package io.github.distributedlock.reliability.scenario;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.github.distributedlock.reliability.check.Checker;
import io.github.distributedlock.reliability.check.Checker.Findings;
import io.github.distributedlock.reliability.check.Violation;
import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.lab.Lab;
import io.github.distributedlock.reliability.lab.NodeProcess;
import io.github.distributedlock.reliability.node.FleetNode;
import io.github.distributedlock.reliability.report.SubjectOutcome;
import io.github.distributedlock.reliability.subject.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * One series of faults for everybody at once: the product, locks that are broken on
 * purpose, and those of other projects, each with locks of its own on the same nodes, the
 * same server and the same resource.
 */
public final class Gauntlet {

	private static final int LOCKS = 3;

	private static final int ROUNDS = 8;

	private static final Duration LONG = Probe.LEASE.plusMillis(1000);

	private final Map<String, String> subjects = new LinkedHashMap<>();

	private final boolean controls;

	private final PrintStream out;

	private final List<Series> series = new ArrayList<>();

	/**
	 * Creates the gauntlet.
	 * @param controls whether locks that are broken on purpose run, or those of others
	 * @param out where it is told what was found where nothing must be
	 */
	public Gauntlet(boolean controls, PrintStream out) {
		this.controls = controls;
		this.out = out;
		this.subjects.put("", "distributed-lock");
		this.subjects.putAll((controls) ? Subjects.controls() : Subjects.peers());
	}

	/**
	 * Runs the series until everything that is broken was found, eight rounds at most:
	 * the faults leave to chance who holds a lock when they come.
	 * @param directory where the logs go
	 * @param seed where chance comes from
	 */
	public void run(Path directory, long seed) {
		String names = String.join(" ", this.subjects.keySet().stream().filter((name) -> !name.isEmpty()).toList());
		try (Lab lab = new Lab(directory, seed, FleetNode.SUBJECTS + "=" + names)) {
			long from = System.nanoTime();
			for (String subject : this.subjects.keySet()) {
				lab.load((this.controls) ? "POOLED" : "LONG", 3, LOCKS, 2000,
						(subject.isEmpty()) ? "own" : subject + "g");
			}
			Lab.pass(Probe.LEASE);
			@Nullable Series run = null;
			for (int round = 0; run == null || (round < ROUNDS && !isFound(run)); round++) {
				round(lab);
				run = new Series(from, lab.history());
			}
			this.series.add(run);
		}
	}

	private void round(Lab lab) {
		fault(lab, "slow, then cut", "", () -> {
			List<NodeProcess> slow = List.of(lab.node(0), lab.node(2));
			slow.forEach((node) -> node.network().delay(400, 0));
			Lab.pass(Probe.LEASE);
			slow.forEach((node) -> node.network().cut(true, false));
			Lab.pass(LONG);
			slow.forEach((node) -> node.network().heal());
		});
		fault(lab, "stopped", "", () -> {
			lab.node(0).pause();
			Lab.pass(LONG);
			lab.node(0).resume();
		});
		fault(lab, "answers cut", "", () -> {
			lab.node(1).network().cut(false, true);
			Lab.pass(LONG);
			lab.node(1).network().heal();
		});
		fault(lab, "server stopped", "", () -> {
			lab.server().pause();
			Lab.pass(LONG);
			lab.server().resume();
		});
		fault(lab, "killed", "", () -> {
			lab.node(1).kill();
			lab.replace(1);
		});
		fault(lab, "records deleted", "MX,EG", () -> {
			for (int number = 0; number < LOCKS; number++) {
				for (String subject : this.subjects.keySet()) {
					lab.server().command("DEL", Subjects.record(subject + "g" + number));
				}
				lab.server().command("DEL", lab.record("own" + number));
			}
		});
		Lab.pass(LONG);
	}

	private static void fault(Lab lab, String name, String admits, Runnable fault) {
		long from = System.nanoTime();
		fault.run();
		lab.chronicle().fault(name, from, Probe.LEASE.plusMillis(500), admits, "");
	}

	/**
	 * Returns what the checker found, and tells what it found where nothing must be.
	 * @return for each subject, the product first
	 */
	public List<SubjectOutcome> outcomes() {
		return this.subjects.keySet().stream().map(this::outcome).toList();
	}

	private boolean isFound(Series run) {
		return !this.controls || this.subjects.keySet()
			.stream()
			.filter((subject) -> !Subjects.isSound(subject))
			.noneMatch((subject) -> violations(Checker.check(about(run, subject))).isEmpty());
	}

	private static History about(Series run, String subject) {
		return run.history.about((lock) -> (subject.isEmpty()) ? lock.startsWith("own") : lock.startsWith(subject));
	}

	/** Whoever waits is served in its own time here: many poll. */
	private static List<Violation> violations(Findings findings) {
		return findings.violations()
			.stream()
			.filter((violation) -> !violation.check().equals("LV") && !violation.text().contains(" waited "))
			.toList();
	}

	private SubjectOutcome outcome(String subject) {
		List<Double> seconds = new ArrayList<>();
		TreeSet<String> checks = new TreeSet<>();
		long[] sums = new long[5];
		for (Series run : this.series) {
			History history = about(run, subject);
			Findings findings = Checker.check(history);
			List<Violation> violations = violations(findings);
			violations.forEach((violation) -> checks.add(violation.check()));
			if (Subjects.isSound(subject)) {
				violations.forEach((violation) -> this.out.println("     " + violation.line()));
			}
			if (!violations.isEmpty()) {
				seconds.add((violations.get(0).at() - run.from) / 1e9);
			}
			sums[0] += history.holds().stream().filter(Hold::isGranted).count();
			sums[1] += overlaps(violations);
			sums[2] += overlaps(findings.admitted());
			sums[3] += lost(history);
			sums[4] += silent(history);
		}
		seconds.sort(null);
		return new SubjectOutcome(
				((this.controls && !subject.isEmpty()) ? "control: " : "") + this.subjects.get(subject),
				this.controls && !Subjects.isSound(subject), Subjects.isSound(subject), this.series.size(),
				seconds.size(), (seconds.isEmpty()) ? null : seconds.get(seconds.size() / 2), List.copyOf(checks),
				sums[0], sums[1], sums[2], sums[3], sums[4]);
	}

	private static long overlaps(List<Violation> violations) {
		return violations.stream().filter((violation) -> violation.check().equals("MX")).count();
	}

	/** Behind the fence where there is one, else without. */
	private static long lost(History history) {
		return history.events(Kind.WROTE)
			.map(Event::text)
			.mapToLong((text) -> Long.parseLong(text.split(" ")[text.startsWith("unfenced") ? 1 : 2]))
			.sum();
	}

	private static long silent(History history) {
		long silent = 0;
		for (List<Hold> holds : history.heldByLock().values()) {
			for (int i = 1; i < holds.size(); i++) {
				Hold last = holds.get(i - 1);
				silent += (holds.get(i).granted() < Math.min(last.releasing(), last.died())
						&& last.outcome().equals("returned")) ? 1 : 0;
			}
		}
		return silent;
	}

	private record Series(long from, History history) {
	}

}
