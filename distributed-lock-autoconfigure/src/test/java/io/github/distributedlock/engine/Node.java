package io.github.distributedlock.engine;

import java.util.concurrent.Executor;

import io.github.distributedlock.backend.LockBackend;

/**
 * One node on a virtual clock: its engine, and a keeper that looks exactly when something
 * is due.
 */
final class Node {

	private final Engine engine;

	private final LeaseKeeper keeper;

	private final VirtualTime time;

	private final Executor process;

	private long nextPass = Ticker.NEVER;

	Node(LockBackend backend, EngineSettings settings, VirtualTime time, Jitter jitter) {
		this(backend, settings, time, jitter, Runnable::run);
	}

	/**
	 * Creates the node.
	 * @param process runs what this node does, or later, or never
	 */
	Node(LockBackend backend, EngineSettings settings, VirtualTime time, Jitter jitter, Executor process) {
		this(new Engine(backend, settings, time, jitter), time, process);
	}

	Node(Engine engine, VirtualTime time, Executor process) {
		this.time = time;
		this.process = process;
		this.engine = engine;
		this.keeper = new LeaseKeeper(this.engine);
		this.engine.alarm(this::schedule);
	}

	Engine engine() {
		return this.engine;
	}

	private void schedule(long due) {
		if (due < this.nextPass) {
			this.nextPass = due;
			this.time.at(due, () -> this.process.execute(() -> pass(due)));
		}
	}

	private void pass(long planned) {
		if (planned != this.nextPass) {
			return;
		}
		this.nextPass = Ticker.NEVER;
		schedule(this.keeper.pass());
	}

	boolean isIdle() {
		for (KeyQueue queue : this.engine.queues()) {
			if (!queue.isIdle()) {
				return false;
			}
		}
		return this.engine.compensations().isEmpty();
	}

}
