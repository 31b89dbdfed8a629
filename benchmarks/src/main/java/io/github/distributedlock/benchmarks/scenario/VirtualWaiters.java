package io.github.distributedlock.benchmarks.scenario;

import java.nio.file.Path;
import java.util.List;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Fork;
import io.github.distributedlock.benchmarks.fork.Forks;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.VirtualThreads;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import io.github.distributedlock.benchmarks.server.ServerStatistics;

/**
 * Virtual threads that wait.
 */
final class VirtualWaiters implements Scenario {

	private static final String NOT_SERVED = "not served";

	private static final String SECONDS = "until everybody is served";

	private static final String PLATFORM_THREADS = "platform threads added";

	private static final String PINNED = "pinned for 1 ms or longer";

	@Override
	public String name() {
		return "virtual-threads";
	}

	@Override
	public String title() {
		return "10,000 virtual threads wait for 100 keys";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		Path java = lab.java21();
		if (java == null) {
			sheet.note("Not measured: needs Java 21, see --java21");
			return;
		}
		int threads = lab.effort().choose(10_000, 200);
		int keys = lab.effort().choose(100, 10);
		lab.alternate(List.of(Contestant.DISTRIBUTED_LOCK, Contestant.RLOCK, Contestant.RLOCK_TUNED), (contestant) -> {
			ServerStatistics.flush(lab.port());
			try (Fork fork = lab.forks().startJvm(java, new VirtualThreads(contestant, lab.port(), threads, keys))) {
				Outcome outcome = Forks.run(fork);
				String title = contestant.title();
				sheet.add(title, NOT_SERVED, "", threads - outcome.number(VirtualThreads.SERVED));
				sheet.add(title, SECONDS, "s", outcome.number(VirtualThreads.SECONDS));
				sheet.add(title, PLATFORM_THREADS, "", outcome.number(VirtualThreads.PLATFORM_THREADS));
				sheet.add(title, PINNED, "", outcome.number(VirtualThreads.PINNED));
			}
		});
		String ours = Contestant.DISTRIBUTED_LOCK.title();
		sheet.value(NOT_SERVED, ours, Target.atMost(0));
		sheet.value(PLATFORM_THREADS, ours, Target.atMost(16));
		sheet.value(PINNED, ours, Target.atMost(0));
		sheet.ratio(SECONDS, ours, Contestant.RLOCK.title(), null);
	}

}
