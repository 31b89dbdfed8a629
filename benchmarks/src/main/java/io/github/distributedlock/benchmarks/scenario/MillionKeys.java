package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.DistinctKeys;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;

/**
 * What stays of keys that nobody uses any more. One run each: it is no question of speed.
 */
final class MillionKeys implements Scenario {

	private static final String GROWTH = "heap kept for each key";

	@Override
	public String name() {
		return "million-keys";
	}

	@Override
	public String title() {
		return "1,000,000 keys, each locked and released once";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		int keys = lab.effort().choose(1_000_000, 1000);
		Duration rest = lab.effort().choose(Duration.ofSeconds(5), Duration.ZERO);
		List<Contestant> contestants = lab.effort()
			.choose(List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED, Contestant.FENCED_TUNED,
					Contestant.INTEGRATION_PUB_SUB), List.of(Contestant.DISTRIBUTED_LOCK));
		for (Contestant contestant : contestants) {
			Outcome outcome = lab.run(new DistinctKeys(contestant, lab.port(), keys, keys / 5, rest));
			double before = outcome.number(DistinctKeys.BEFORE);
			String title = contestant.title();
			sheet.add(title, "heap before", "bytes", before);
			sheet.add(title, "heap after half", "bytes", outcome.number(DistinctKeys.HALF));
			sheet.add(title, "heap after all", "bytes", outcome.number(DistinctKeys.AFTER));
			sheet.add(title, GROWTH, "bytes", (outcome.number(DistinctKeys.AFTER) - before) / keys);
			sheet.add(title, "server memory kept for each key", "bytes", outcome.number(DistinctKeys.SERVER));
		}
		sheet.value(GROWTH, Contestant.DISTRIBUTED_LOCK.title(), Target.atMost(1));
		sheet.note("The server keeps a fence for each key, so that fencing tokens go on rising: "
				+ "for seven days after the last lock here, for ever with RFencedLock");
	}

}
