package io.github.distributedlock.benchmarks.fork;

/**
 * What a JVM of its own measures: a record, so that it travels as JSON.
 */
public interface Task {

	/**
	 * Measures.
	 * @param signal to be told when this JVM is warm, and when it has measured
	 * @return what came out
	 * @throws Exception if it cannot be measured
	 */
	Outcome run(Signal signal) throws Exception;

}
