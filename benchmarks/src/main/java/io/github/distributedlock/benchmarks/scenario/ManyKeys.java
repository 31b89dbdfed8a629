package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;

/**
 * Many callers at once, none in the way of another.
 */
final class ManyKeys implements Scenario {

	private static final String RATE = "cycles";

	private static final int THREADS = 64;

	private static final Set<Contestant> YARDSTICKS = Set.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK,
			Contestant.LETTUCE);

	@Override
	public String name() {
		return "many-keys";
	}

	@Override
	public String title() {
		return "64 threads, 64 keys";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = lab.effort()
			.choose(List.copyOf(EnumSet
				.complementOf(EnumSet.of(Contestant.DISTRIBUTED_LOCK_NO_HAND_OFF, Contestant.DISTRIBUTED_LOCK_ASYNC))),
					List.of(Contestant.DISTRIBUTED_LOCK, Contestant.LETTUCE));
		lab.compare(contestants, YARDSTICKS, (contestant) -> {
			Outcome outcome = lab.run(new LockLoad(contestant, lab.port(), 1, THREADS, THREADS, Duration.ZERO,
					Duration.ZERO, lab.effort().crowdedWarmUp(), lab.effort().measured()));
			Lab.inspect(sheet, contestant, outcome);
			sheet.add(contestant.title(), RATE, "1/s", outcome.number(LockLoad.RATE));
			sheet.add(contestant.title(), "cycle, p99", "µs", outcome.latencies(LockLoad.CYCLE).micros(99));
		});
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.ratio(RATE, ours, Contestant.RLOCK.title(), Target.atLeast(6));
		sheet.ratio(RATE, ours, Contestant.RLOCK_TUNED.title(), null);
		sheet.ratio(RATE, ours, Contestant.LETTUCE.title(), Target.atLeast(1.1));
	}

}
