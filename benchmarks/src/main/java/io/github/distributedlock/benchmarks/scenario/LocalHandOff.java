package io.github.distributedlock.benchmarks.scenario;

import java.util.List;

import io.github.distributedlock.benchmarks.method.HandOff;
import io.github.distributedlock.benchmarks.report.Sheet;
import org.openjdk.jmh.results.RunResult;

/**
 * Threads of one JVM that pass a lock on, without a store.
 */
final class LocalHandOff implements Scenario {

	private static final String RATE = "cycles";

	@Override
	public String name() {
		return "local-hand-off";
	}

	@Override
	public String title() {
		return "4 threads, one key, locks in memory";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		lab.alternate(List.of(HandOff.class), (benchmarks) -> {
			for (RunResult result : JmhRun.run(lab.effort(), benchmarks)) {
				String contestant = (JmhRun.name(result).equals("lease")) ? "distributed-lock" : "ReentrantLock, fair";
				sheet.add(contestant, RATE, "1/s", JmhRun.score(result));
			}
		});
		sheet.ratio(RATE, "distributed-lock", "ReentrantLock, fair", null);
	}

}
