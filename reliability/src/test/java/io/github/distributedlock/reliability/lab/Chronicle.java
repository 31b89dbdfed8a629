package io.github.distributedlock.reliability.lab;

import java.nio.file.Path;
import java.time.Duration;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.history.Kind;

/**
 * What the supervisor did and saw.
 */
public final class Chronicle implements AutoCloseable {

	private static final String SUPERVISOR = "supervisor";

	private final EventLog log;

	Chronicle(Path directory) {
		this.log = new EventLog(directory.resolve(SUPERVISOR + ".events"), SUPERVISOR);
	}

	void note(String process, Kind kind, long number) {
		this.log.add(new Event(System.nanoTime(), process, kind, "", "", number, 0, ""));
	}

	/**
	 * Notes a fault that is over.
	 * @param name which
	 * @param from when it began
	 * @param lasting for how long its effects last from now
	 * @param admits what may happen meanwhile, as ids of checks
	 * @param lock which lock it is about, or empty
	 */
	public void fault(String name, long from, Duration lasting, String admits, String lock) {
		long until = System.nanoTime() + lasting.toNanos();
		this.log.add(new Event(from, SUPERVISOR, Kind.FAULT, lock, admits, 0, until, name));
	}

	/**
	 * Notes that a fault was seen to have an effect.
	 * @param name which
	 */
	public void observed(String name) {
		this.log.add(System.nanoTime(), Kind.OBSERVED, "", "", 0, 0, name);
	}

	void leaked(String process, String what) {
		this.log.add(new Event(System.nanoTime(), process, Kind.LEAKED, "", "", 0, 0, what));
	}

	void record(String lock, String value) {
		this.log.add(System.nanoTime(), Kind.RECORD, lock, "", 0, 0, value);
	}

	@Override
	public void close() {
		this.log.close();
	}

}
