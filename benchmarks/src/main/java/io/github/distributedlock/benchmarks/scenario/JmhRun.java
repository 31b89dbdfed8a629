package io.github.distributedlock.benchmarks.scenario;

import java.util.Collection;

import org.openjdk.jmh.profile.GCProfiler;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One run of JMH, each benchmark in a fresh JVM. Runs that are to be compared alternate.
 */
final class JmhRun {

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private JmhRun() {
	}

	static Collection<RunResult> run(Effort effort, Class<?> benchmarks, String... options) throws Exception {
		ChainedOptionsBuilder builder = new OptionsBuilder().include("^" + benchmarks.getName() + "\\.")
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.addProfiler(GCProfiler.class)
			.jvmArgsAppend(options);
		if (effort.trial()) {
			builder.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(100));
		}
		else {
			builder.forks(1)
				.warmupIterations(3)
				.warmupTime(TimeValue.seconds(1))
				.measurementIterations(3)
				.measurementTime(TimeValue.seconds(1));
		}
		return new Runner(builder.build()).run();
	}

	static String name(RunResult result) {
		String label = result.getParams().getBenchmark();
		return label.substring(label.lastIndexOf('.') + 1);
	}

	static double score(RunResult result) {
		return result.getPrimaryResult().getScore();
	}

	/** Bytes for each operation, if this JVM tells. */
	static double allocation(RunResult result) {
		for (Result<?> secondary : result.getSecondaryResults().values()) {
			if (secondary.getLabel().endsWith(ALLOCATION)) {
				return secondary.getScore();
			}
		}
		return 0;
	}

}
