package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One node, its callers, a scripted store and a virtual clock. One question may take a
 * second, a slice is 10 ms, and nothing is spread at random unless a test says how.
 */
final class Story {

	static final LockKey ORDER = LockKey.of("orders", 42);

	private final VirtualTime time = new VirtualTime();

	private final ScriptedStore store = new ScriptedStore();

	private final Node node;

	private long slept;

	Story() {
		this(true);
	}

	Story(boolean handsOff) {
		this(handsOff, ReleaseMode.SYNC);
	}

	Story(Jitter jitter) {
		this(settings(true, ReleaseMode.SYNC), jitter);
	}

	Story(boolean handsOff, ReleaseMode release) {
		this(settings(handsOff, release));
	}

	Story(EngineSettings settings) {
		this(settings, (range) -> 0);
	}

	private Story(EngineSettings settings, Jitter jitter) {
		MachineTime machineTime = MachineTime.of(() -> this.time.nanos() + this.slept);
		this.node = new Node(new Engine(this.store, settings, this.time, jitter, machineTime), this.time,
				Runnable::run);
	}

	private static EngineSettings settings(boolean handsOff, ReleaseMode release) {
		return new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), OutagePolicy.FAIL_CLOSED,
				LossPolicy.THROW, Duration.ofSeconds(1), handsOff, Duration.ofMillis(10), null, release,
				BreakerSettings.disabled(), WaiterLimits.defaults());
	}

	ScriptedStore store() {
		return this.store;
	}

	Engine engine() {
		return this.node.engine();
	}

	long now() {
		return this.time.nanos();
	}

	/**
	 * Lets time pass, and whatever is due happen on the way.
	 */
	void pass(long millis) {
		this.time.advance(Duration.ofMillis(millis));
	}

	/**
	 * Lets time pass while the keeper's thread gets none.
	 */
	void passWithoutKeeper(long millis) {
		this.time.skip(Duration.ofMillis(millis));
	}

	/**
	 * Lets the machine sleep: its monotonic clock stands still. A clock that is set looks
	 * the same.
	 */
	void sleeps(long millis) {
		this.slept += millis * 1_000_000;
	}

	void yourTurn() {
		this.store.yourTurn(ORDER);
	}

	void wanted(String owner) {
		this.store.wanted(ORDER, owner);
	}

	Caller caller() {
		return new Caller(this.time, engine());
	}

	/**
	 * Lets a caller with the usual terms come.
	 */
	Caller arrives() {
		return caller().arrives();
	}

	/**
	 * Lets a caller with the usual terms come and have the lock.
	 */
	Caller holds() {
		Caller holder = arrives();
		this.store.acquire().grant();
		assertThat(holder.holds()).isTrue();
		return holder;
	}

	/**
	 * Checks that the node remembers nothing of any key.
	 */
	void assertOver() {
		this.store.assertQuiet();
		assertThat(this.node.isIdle()).as("nothing is left behind").isTrue();
	}

}
