package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.HeldLeases;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;

/**
 * A node that holds many locks for long: what their renewal costs. Leases are 30 s for
 * all, so each is renewed every 10 s.
 */
final class ManyLeases implements Scenario {

	private static final String CPU = "server time for a minute";

	private static final String HEAP = "heap for each";

	private static final String IDLE = "others' acquire, p99, worst second, nothing held";

	private static final String HOLDING = "others' acquire, p99, worst second, all held";

	@Override
	public String name() {
		return "many-leases";
	}

	@Override
	public String title() {
		return "10,000 held leases";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = lab.effort()
			.choose(List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK),
					List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED));
		lab.alternate(contestants, (contestant) -> {
			Outcome outcome = lab.run(new HeldLeases(contestant, lab.port(), lab.effort().choose(10_000, 100),
					lab.effort().choose(Duration.ofSeconds(20), Duration.ofMillis(200))));
			String title = contestant.title();
			sheet.add(title, CPU, "s", outcome.number(HeldLeases.CPU));
			sheet.add(title, HEAP, "bytes", outcome.number(HeldLeases.HEAP));
			sheet.add(title, "others' acquire, p99, nothing held", "µs", outcome.number(HeldLeases.IDLE));
			sheet.add(title, "others' acquire, p99, all held", "µs", outcome.number(HeldLeases.HOLDING));
			sheet.add(title, IDLE, "µs", outcome.number(HeldLeases.IDLE_WORST));
			sheet.add(title, HOLDING, "µs", outcome.number(HeldLeases.HOLDING_WORST));
		});
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		String redisson = Contestant.RLOCK.title();
		sheet.ratio(CPU, ours, redisson, Target.atMost(1));
		sheet.ratio(HEAP, ours, redisson, Target.atMost(0.5));
		sheet.ratio(HOLDING, ours, HOLDING, ours, IDLE, Target.atMost(3));
		sheet.ratio(HOLDING, redisson, HOLDING, redisson, IDLE, null);
	}

}
