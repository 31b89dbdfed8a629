package io.github.distributedlock.engine;

import io.github.distributedlock.backend.LockBackend;

/**
 * One node on a virtual clock: its engine, and a keeper that looks exactly when something
 * is due.
 */
final class Node {

	private final Engine engine;

	private final LeaseKeeper keeper;

	private final VirtualTime time;

	private long nextPass = Ticker.NEVER;

	Node(LockBackend backend, EngineSettings settings, VirtualTime time, Jitter jitter) {
		this.time = time;
		this.engine = new Engine(backend, settings, time, jitter);
		this.keeper = new LeaseKeeper(this.engine);
		this.engine.alarm(this::schedule);
	}

	Engine engine() {
		return this.engine;
	}

	private void schedule(long due) {
		if (due < this.nextPass) {
			this.nextPass = due;
			this.time.at(due, () -> pass(due));
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
		return !this.engine.queues().iterator().hasNext() && this.engine.compensations().isEmpty();
	}

}
