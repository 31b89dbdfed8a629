package io.github.distributedlock.benchmarks.scenario;

import java.util.List;

import io.github.distributedlock.benchmarks.report.Sheet;

/**
 * Something that is compared.
 */
public interface Scenario {

	/**
	 * Returns the name to call it by.
	 * @return letters and hyphens
	 */
	String name();

	/**
	 * Returns what it does.
	 * @return a line
	 */
	String title();

	/**
	 * Measures.
	 * @param lab where
	 * @param sheet to be filled
	 * @throws Exception if it cannot be measured
	 */
	void run(Lab lab, Sheet sheet) throws Exception;

	/**
	 * Returns everything that is compared.
	 * @return the scenarios, in the order in which they run
	 */
	static List<Scenario> all() {
		return List.of(new OwnKey(), new AsynchronousRelease(), new ManyKeys(), new DistantServer(), new HotKey(),
				new HotKeyWithWork(), new Fleet(), new WaitingNodes(), new AnnotatedMethods(), new LocalHandOff(),
				new ApplicationStart(), new VirtualWaiters(), new ManyLeases(), new MillionKeys());
	}

}
