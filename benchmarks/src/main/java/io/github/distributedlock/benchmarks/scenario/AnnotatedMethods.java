package io.github.distributedlock.benchmarks.scenario;

import java.util.List;

import io.github.distributedlock.benchmarks.method.AnnotatedCalls;
import io.github.distributedlock.benchmarks.report.Sheet;
import io.github.distributedlock.benchmarks.report.Target;
import org.openjdk.jmh.results.RunResult;

/**
 * One annotated call with locks in memory, beside a cached one.
 */
final class AnnotatedMethods implements Scenario {

	private static final String TIME = "one call";

	private static final List<String> MODES = List.of("off", "mixed");

	@Override
	public String name() {
		return "annotated-methods";
	}

	@Override
	public String title() {
		return "one annotated call, locks in memory, key #order.id";
	}

	@Override
	public void run(Lab lab, Sheet sheet) throws Exception {
		lab.alternate(MODES, (mode) -> {
			for (RunResult result : JmhRun.run(lab.effort(), AnnotatedCalls.class,
					"-Dspring.expression.compiler.mode=" + mode)) {
				String contestant = title(JmhRun.name(result), mode);
				sheet.add(contestant, TIME, "ns", JmhRun.score(result));
				sheet.add(contestant, "allocated by one call", "bytes", JmhRun.allocation(result));
			}
		});
		sheet.ratio(TIME, title("locked", "off"), title("cacheable", "off"), Target.atMost(1.25));
		sheet.ratio(TIME, title("locked", "mixed"), title("cacheable", "mixed"), null);
		sheet.ratio(TIME, title("reentrant", "off"), title("cacheable", "off"), Target.atMost(0.8));
		sheet.ratio(TIME, title("reentrant", "mixed"), title("cacheable", "mixed"), null);
	}

	private static String title(String benchmark, String mode) {
		String title = switch (benchmark) {
			case "plain" -> "no annotation";
			case "cacheable" -> "@Cacheable, a hit";
			case "locked" -> "@DistributedLock, a free lock";
			case "reentrant" -> "@DistributedLock, re-entered";
			default -> throw new IllegalArgumentException("'benchmark' is " + benchmark + ": give it a title here");
		};
		return title + ((mode.equals("off")) ? "" : ", compiled SpEL");
	}

}
