package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Fork;
import io.github.distributedlock.benchmarks.fork.Latencies;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import io.github.distributedlock.benchmarks.server.ServerStatistics;

/**
 * Everybody in several nodes wants the same lock.
 */
final class Fleet implements Scenario {

	private static final String RATE = "cycles in all";

	private static final String P99 = "wait, p99";

	private static final String FAIRNESS = "slowest JVM over fastest";

	private static final int JVMS = 3;

	private static final int THREADS = 8;

	private static final Set<Contestant> YARDSTICKS = Set.of(Contestant.DISTRIBUTED_LOCK,
			Contestant.DISTRIBUTED_LOCK_NO_HAND_OFF, Contestant.RLOCK);

	@Override
	public String name() {
		return "fleet";
	}

	@Override
	public String title() {
		return "3 JVMs with 8 threads each, one key";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = lab.effort()
			.choose(Contestant.waiting(), List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED));
		lab.compare(contestants, YARDSTICKS, (contestant) -> {
			List<Outcome> outcomes = measure(lab, contestant);
			outcomes.forEach((outcome) -> Lab.inspect(sheet, contestant, outcome));
			note(sheet, contestant.title(), outcomes);
		});
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		String noHandOff = Contestant.DISTRIBUTED_LOCK_NO_HAND_OFF.title();
		sheet.ratio(RATE, ours, Contestant.RLOCK.title(), Target.atLeast(50));
		sheet.ratio(RATE, ours, Contestant.RLOCK_TUNED.title(), null);
		sheet.ratio(P99, ours, Contestant.RLOCK.title(), Target.atMost(0.05));
		sheet.ratio(P99, ours, Contestant.RLOCK_TUNED.title(), null);
		sheet.value(FAIRNESS, ours, Target.atLeast(0.8));
		sheet.ratio(RATE, noHandOff, Contestant.RLOCK.title(), Target.atLeast(1.2));
		sheet.ratio(RATE, noHandOff, Contestant.RLOCK_TUNED.title(), null);
	}

	private static List<Outcome> measure(Lab lab, Contestant contestant) throws Exception {
		ServerStatistics.flush(lab.port());
		List<Fork> forks = new ArrayList<>();
		try {
			for (int i = 0; i < JVMS; i++) {
				forks.add(lab.forks()
					.start(new LockLoad(contestant, lab.port(), 1, THREADS, 1, Duration.ZERO, Duration.ZERO,
							lab.effort().crowdedWarmUp(), lab.effort().measured())));
			}
			for (Fork fork : forks) {
				fork.awaitReady();
			}
			for (Fork fork : forks) {
				fork.go();
			}
			List<Outcome> outcomes = new ArrayList<>();
			for (Fork fork : forks) {
				fork.awaitMeasured();
			}
			for (Fork fork : forks) {
				fork.go();
				outcomes.add(fork.outcome());
			}
			return outcomes;
		}
		finally {
			forks.forEach(Fork::close);
		}
	}

	private static void note(Sheet sheet, String contestant, List<Outcome> outcomes) {
		Latencies waits = new Latencies();
		DoubleSummaryStatistics rates = new DoubleSummaryStatistics();
		for (Outcome outcome : outcomes) {
			waits.add(outcome.latencies(LockLoad.WAIT));
			rates.accept(outcome.number(LockLoad.RATE));
		}
		sheet.add(contestant, RATE, "1/s", rates.getSum());
		sheet.add(contestant, P99, "µs", waits.micros(99));
		sheet.add(contestant, FAIRNESS, "", rates.getMin() / rates.getMax());
	}

}
