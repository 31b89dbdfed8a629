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
 * Everybody in one node wants the same lock.
 */
final class HotKey implements Scenario {

	private static final String RATE = "cycles";

	private static final String P99 = "wait, p99";

	private static final int THREADS = 16;

	private static final Set<Contestant> YARDSTICKS = Set.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK);

	@Override
	public String name() {
		return "hot-key";
	}

	@Override
	public String title() {
		return "16 threads, one key";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = lab.effort()
			.choose(Contestant.waiting(), List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED));
		lab.compare(contestants, YARDSTICKS, (contestant) -> {
			Outcome outcome = lab.run(new LockLoad(contestant, lab.port(), 1, THREADS, 1, Duration.ZERO, Duration.ZERO,
					lab.effort().warmUp(), lab.effort().measured()));
			Lab.inspect(sheet, contestant, outcome);
			sheet.add(contestant.title(), RATE, "1/s", outcome.number(LockLoad.RATE));
			sheet.add(contestant.title(), P99, "µs", outcome.latencies(LockLoad.WAIT).micros(99));
		});
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.ratio(RATE, ours, Contestant.RLOCK.title(), Target.atLeast(25));
		sheet.ratio(RATE, ours, Contestant.RLOCK_TUNED.title(), null);
		sheet.ratio(P99, ours, Contestant.RLOCK.title(), Target.atMost(0.03));
		sheet.ratio(P99, ours, Contestant.RLOCK_TUNED.title(), null);
	}

}
