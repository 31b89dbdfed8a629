package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Fork;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import io.github.distributedlock.benchmarks.server.CommandCounter;
import io.github.distributedlock.benchmarks.server.CommandCounter.Commands;

/**
 * Nobody in the way: what a cycle costs.
 */
final class OwnKey implements Scenario {

	private static final String P50 = "cycle, p50";

	private static final String CLIENT = "client commands for each cycle";

	private static final String SCRIPT = "commands in scripts for each cycle";

	private static final Set<Contestant> YARDSTICKS = Set.of(Contestant.DISTRIBUTED_LOCK, Contestant.SAME_SCRIPTS);

	@Override
	public String name() {
		return "own-key";
	}

	@Override
	public String title() {
		return "1 thread, a key of its own";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = List.copyOf(EnumSet
			.complementOf(EnumSet.of(Contestant.DISTRIBUTED_LOCK_NO_HAND_OFF, Contestant.DISTRIBUTED_LOCK_ASYNC)));
		lab.compare(contestants, YARDSTICKS, (contestant) -> {
			Outcome outcome = lab.run(load(lab, contestant, lab.effort().measured()));
			Lab.inspect(sheet, contestant, outcome);
			sheet.add(contestant.title(), P50, "µs", outcome.latencies(LockLoad.CYCLE).micros(50));
		});
		for (Contestant contestant : contestants) {
			if (YARDSTICKS.contains(contestant) || lab.effort().neighbours() > 0) {
				count(lab, contestant, sheet);
			}
		}
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.ratio(P50, ours, Contestant.SAME_SCRIPTS.title(), Target.atMost(1.1));
		sheet.ratio(P50, ours, Contestant.RLOCK.title(), null);
		sheet.ratio(P50, ours, Contestant.RLOCK_TUNED.title(), null);
		sheet.ratio(P50, ours, Contestant.LETTUCE.title(), null);
		sheet.value(CLIENT, ours, Target.atMost(2.05));
	}

	private static void count(Lab lab, Contestant contestant, Sheet sheet) throws Exception {
		LockLoad load = load(lab, contestant, Duration.ofMillis(300));
		try (Fork fork = lab.forks().start(load); CommandCounter counter = start(lab, fork)) {
			fork.go();
			fork.awaitMeasured();
			Commands commands = counter.end();
			fork.go();
			double cycles = fork.outcome().number(LockLoad.CYCLES);
			sheet.add(contestant.title(), CLIENT, "", commands.fromClients() / cycles);
			sheet.add(contestant.title(), SCRIPT, "", commands.fromScripts() / cycles);
		}
	}

	private static CommandCounter start(Lab lab, Fork fork) throws Exception {
		fork.awaitReady();
		return new CommandCounter(lab.port());
	}

	private static LockLoad load(Lab lab, Contestant contestant, Duration measured) {
		return new LockLoad(contestant, lab.port(), 1, 1, 1, Duration.ZERO, Duration.ZERO, lab.effort().warmUp(),
				measured);
	}

}
