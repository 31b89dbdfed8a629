package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;

/**
 * Everybody in one node wants the same lock, and does something with it: how long nobody
 * has it.
 */
final class HotKeyWithWork implements Scenario {

	private static final String GAP = "time between two holders, p50";

	private static final Duration WORK = Duration.ofMillis(1);

	private static final int THREADS = 16;

	private static final Set<Contestant> YARDSTICKS = Set.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK);

	@Override
	public String name() {
		return "hot-key-with-work";
	}

	@Override
	public String title() {
		return "16 threads, one key, 1 ms of work inside";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = lab.effort()
			.choose(Contestant.waiting(), List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED));
		lab.compare(contestants, YARDSTICKS, (contestant) -> {
			Outcome outcome = lab.run(new LockLoad(contestant, lab.port(), 1, THREADS, 1, WORK, Duration.ZERO,
					lab.effort().warmUp(), lab.effort().measured()));
			Lab.inspect(sheet, contestant, outcome);
			sheet.add(contestant.title(), GAP, "µs", outcome.latencies(LockLoad.GAP).micros(50));
			sheet.add(contestant.title(), "wait, p99", "µs", outcome.latencies(LockLoad.WAIT).micros(99));
		});
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.ratio(GAP, ours, Contestant.RLOCK.title(), Target.atMost(0.1));
		sheet.ratio(GAP, ours, Contestant.RLOCK_TUNED.title(), null);
	}

}
