package io.github.distributedlock.benchmarks.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.load.AnnotatedApplication;
import io.github.distributedlock.benchmarks.load.StartUp;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import io.github.distributedlock.benchmarks.server.RedisServer;

/**
 * What annotations add to the start of an application.
 */
final class ApplicationStart implements Scenario {

	private static final String STARTED = "started after";

	private static final String ADDED = "added by the annotations";

	private static final String FIRST_CALL = "first call after the start";

	private static final String PLAIN = "no annotation";

	private static final String CACHEABLE = "@Cacheable";

	private static final String REACHABLE = "@DistributedLock";

	private static final String UNREACHABLE = "@DistributedLock, store unreachable";

	@Override
	public String name() {
		return "start";
	}

	@Override
	public String title() {
		return "start of an application with 1,000 annotated methods";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		int beans = lab.effort().choose(100, 2);
		List<Variant> variants = new ArrayList<>();
		Variant plain = new Variant(PLAIN, new StartUp(AnnotatedApplication.PLAIN, lab.port(), beans, 10, true));
		variants.add(plain);
		variants.add(new Variant(CACHEABLE, new StartUp(AnnotatedApplication.CACHEABLE, lab.port(), beans, 10, true)));
		variants.add(new Variant(REACHABLE,
				new StartUp(AnnotatedApplication.DISTRIBUTED_LOCK, lab.port(), beans, 10, true)));
		variants.add(new Variant(UNREACHABLE,
				new StartUp(AnnotatedApplication.DISTRIBUTED_LOCK, RedisServer.freePort(), beans, 10, false)));
		for (int i = 0; i < lab.effort().rounds() * 2; i++) {
			Map<Variant, Outcome> outcomes = new LinkedHashMap<>();
			for (Variant variant : variants) {
				outcomes.put(variant, lab.run(variant.task()));
			}
			double base = outcomes.get(plain).number(StartUp.STARTED);
			outcomes
				.forEach((variant, outcome) -> note(sheet, variant, outcome, outcome.number(StartUp.STARTED) - base));
			Collections.reverse(variants);
		}
		sheet.ratio(ADDED, REACHABLE, CACHEABLE, Target.atMost(1));
		sheet.ratio(ADDED, UNREACHABLE, CACHEABLE, Target.atMost(1));
	}

	private static void note(Sheet sheet, Variant variant, Outcome outcome, double added) {
		sheet.add(variant.title(), STARTED, "ms", outcome.number(StartUp.STARTED));
		if (!variant.title().equals(PLAIN)) {
			sheet.add(variant.title(), ADDED, "ms", added);
		}
		if (variant.task().call()) {
			sheet.add(variant.title(), FIRST_CALL, "ms", outcome.number(StartUp.FIRST_CALL));
		}
	}

	private record Variant(String title, StartUp task) {
	}

}
