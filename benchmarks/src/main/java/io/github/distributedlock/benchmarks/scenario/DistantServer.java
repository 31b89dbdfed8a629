package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import io.github.distributedlock.benchmarks.server.Distance;

/**
 * Many callers at once, none in the way of another, whose server is far away: it is the
 * network that they wait for.
 */
final class DistantServer implements Scenario {

	private static final String RATE = "cycles";

	private static final Duration ROUND_TRIP = Duration.ofMillis(5);

	private static final Set<Contestant> YARDSTICKS = Set.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK,
			Contestant.LETTUCE);

	@Override
	public String name() {
		return "distant-server";
	}

	@Override
	public String title() {
		return "128 threads, 128 keys, 5 ms to the server and back";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		int threads = lab.effort().choose(128, 4);
		List<Contestant> contestants = lab.effort()
			.choose(List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK, Contestant.RLOCK_TUNED, Contestant.LETTUCE),
					List.of(Contestant.DISTRIBUTED_LOCK, Contestant.LETTUCE));
		try (Distance distance = new Distance(lab.port(), ROUND_TRIP)) {
			lab.compare(contestants, YARDSTICKS, (contestant) -> {
				Outcome outcome = lab.run(new LockLoad(contestant, distance.port(), 1, threads, threads, Duration.ZERO,
						Duration.ZERO, lab.effort().crowdedWarmUp(), lab.effort().measured()));
				Lab.inspect(sheet, contestant, outcome);
				sheet.add(contestant.title(), RATE, "1/s", outcome.number(LockLoad.RATE));
				sheet.add(contestant.title(), "cycle, p50", "µs", outcome.latencies(LockLoad.CYCLE).micros(50));
				sheet.add(contestant.title(), "cycle, p99", "µs", outcome.latencies(LockLoad.CYCLE).micros(99));
			});
		}
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.ratio(RATE, ours, Contestant.LETTUCE.title(), Target.atLeast(0.8));
		sheet.ratio(RATE, ours, Contestant.RLOCK.title(), null);
		sheet.ratio(RATE, ours, Contestant.RLOCK_TUNED.title(), null);
	}

}
