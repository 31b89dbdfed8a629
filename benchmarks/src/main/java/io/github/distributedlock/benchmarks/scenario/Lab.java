package io.github.distributedlock.benchmarks.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.distributedlock.benchmarks.client.Contestant;
import io.github.distributedlock.benchmarks.fork.Forks;
import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.fork.Task;
import io.github.distributedlock.benchmarks.load.LockLoad;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.server.ServerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Where scenarios measure.
 *
 * @param port Redis on the loopback interface
 * @param forks starts tasks
 * @param effort how much is done for a figure
 * @param java21 the {@code java} of version 21 or later, if there is one
 */
public record Lab(int port, Forks forks, Effort effort, @Nullable Path java21) {

	/**
	 * Runs a task on an empty server.
	 * @param task the task
	 * @return what it measured
	 * @throws Exception if it failed
	 */
	Outcome run(Task task) throws Exception {
		ServerStatistics.flush(this.port);
		return this.forks.run(task);
	}

	/**
	 * Takes turns: each round has each contestant once, every second one in reverse
	 * order, so that a machine that gets slower or faster treats all alike.
	 * @param <T> the type of contestants
	 * @param contestants who takes turns
	 * @param run what is done with each
	 * @throws Exception if that fails
	 */
	<T> void alternate(List<T> contestants, Run<T> run) throws Exception {
		List<T> order = new ArrayList<>(contestants);
		for (int i = 0; i < this.effort.rounds(); i++) {
			for (T contestant : order) {
				run.run(contestant);
			}
			Collections.reverse(order);
		}
	}

	/**
	 * Takes turns as above. Those that no figure is held against stay out of later
	 * rounds: they are many.
	 * @param contestants who takes turns
	 * @param yardsticks which of them are in every round
	 * @param run what is done with each
	 * @throws Exception if that fails
	 */
	void compare(List<Contestant> contestants, Set<Contestant> yardsticks, Run<Contestant> run) throws Exception {
		Map<Contestant, Integer> runs = new EnumMap<>(Contestant.class);
		alternate(contestants, (contestant) -> {
			if (yardsticks.contains(contestant)
					|| runs.merge(contestant, 1, Integer::sum) <= this.effort.neighbours()) {
				run.run(contestant);
			}
		});
	}

	/**
	 * Notes if two holders were inside at the same time, or if locking failed.
	 * @param sheet where to
	 * @param contestant whose lock it was
	 * @param outcome what was measured
	 */
	static void inspect(Sheet sheet, Contestant contestant, Outcome outcome) {
		if (outcome.number(LockLoad.VIOLATIONS) > 0) {
			sheet.note(contestant.title() + " let two holders in at the same time");
		}
		if (outcome.number(LockLoad.FAILURES) > 0) {
			sheet.note(
					"%s failed %.0f times in one run".formatted(contestant.title(), outcome.number(LockLoad.FAILURES)));
		}
	}

	/**
	 * A turn.
	 *
	 * @param <T> the type of contestants
	 */
	@FunctionalInterface
	interface Run<T> {

		void run(T contestant) throws Exception;

	}

}
