package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;

/**
 * What a caller gains that does not wait for the answer to its release.
 */
final class AsynchronousRelease implements Scenario {

	private static final String TIME = "time in lock and unlock, p50";

	@Override
	public String name() {
		return "asynchronous-release";
	}

	@Override
	public String title() {
		return "1 thread, a key of its own, 1 ms of other work between cycles";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		lab.alternate(List.of(Contestant.DISTRIBUTED_LOCK, Contestant.DISTRIBUTED_LOCK_ASYNC), (contestant) -> {
			Outcome outcome = lab.run(new LockLoad(contestant, lab.port(), 1, 1, 1, Duration.ZERO, Duration.ofMillis(1),
					lab.effort().warmUp(), lab.effort().measured()));
			Lab.inspect(sheet, contestant, outcome);
			sheet.add(contestant.title(), TIME, "µs", outcome.latencies(LockLoad.CYCLE).micros(50));
		});
		sheet.ratio(TIME, Contestant.DISTRIBUTED_LOCK_ASYNC.title(), Contestant.DISTRIBUTED_LOCK.title(),
				Target.atMost(0.75));
	}

}
