package io.github.distributedlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Fork;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import io.github.distributedlock.benchmarks.server.CommandCounter;
import io.github.distributedlock.benchmarks.server.CommandCounter.Commands;
import io.github.distributedlock.benchmarks.server.ServerStatistics;

/**
 * Many nodes wait for one lock: what a release costs the server. Nodes are clients of
 * their own in one JVM; with defaults so many clients would be thousands of threads, but
 * what they send does not depend on that.
 */
final class WaitingNodes implements Scenario {

	private static final String CLIENT = "client commands for each hand-off";

	private static final String ALL = "commands for each hand-off, those in scripts included";

	private static final Duration WORK = Duration.ofMillis(2);

	@Override
	public String name() {
		return "waiting-nodes";
	}

	@Override
	public String title() {
		return "50 nodes, one key, 2 ms of work inside";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		List<Contestant> contestants = lab.effort()
			.choose(List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED, Contestant.FENCED_TUNED,
					Contestant.FAIR_TUNED, Contestant.INTEGRATION_PUB_SUB, Contestant.LOCK4J_TUNED),
					List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK_TUNED));
		lab.alternate(contestants, (contestant) -> measure(lab, contestant, sheet));
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.ratio(CLIENT, ours, Contestant.RLOCK_TUNED.title(), Target.atMost(0.1));
		sheet.ratio(ALL, ours, Contestant.RLOCK_TUNED.title(), null);
	}

	private static void measure(Lab lab, Contestant contestant, Sheet sheet) throws Exception {
		ServerStatistics.flush(lab.port());
		LockLoad load = new LockLoad(contestant, lab.port(), lab.effort().choose(50, 3), 1, 1, WORK, Duration.ZERO,
				lab.effort().warmUp(), lab.effort().measured());
		try (Fork fork = lab.forks().start(load)) {
			fork.awaitReady();
			try (CommandCounter counter = new CommandCounter(lab.port())) {
				fork.go();
				fork.awaitMeasured();
				Commands commands = counter.end();
				fork.go();
				Outcome outcome = fork.outcome();
				Lab.inspect(sheet, contestant, outcome);
				double cycles = outcome.number(LockLoad.CYCLES);
				sheet.add(contestant.title(), CLIENT, "", commands.fromClients() / cycles);
				sheet.add(contestant.title(), ALL, "", (commands.fromClients() + commands.fromScripts()) / cycles);
			}
		}
	}

}
