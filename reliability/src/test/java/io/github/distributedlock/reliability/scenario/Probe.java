package io.github.distributedlock.reliability.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.lab.Lab;
import io.github.distributedlock.reliability.lab.NodeProcess;
import io.github.distributedlock.reliability.report.Verdict;
import io.github.distributedlock.test.redis.RedisProcess;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario does things with, and where it says what it saw.
 */
final class Probe {

	static final Duration LEASE = Lab.LEASE;

	/** A renewal, its answer, and a busy machine. */
	static final Duration RENEWAL = LEASE.dividedBy(3).plusMillis(500);

	/** How late a busy machine may be. */
	static final Duration LATE = Duration.ofMillis(700);

	private static final Duration TIMEOUT = Duration.ofSeconds(12);

	private final Lab lab;

	private final String lock;

	private final Random random;

	private final List<String> seen = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private boolean broken;

	private final Map<String, List<Long>> measured = new LinkedHashMap<>();

	private boolean effect;

	Probe(Lab lab, String lock, Random random) {
		this.lab = lab;
		this.lock = lock;
		this.random = random;
	}

	Lab lab() {
		return this.lab;
	}

	NodeProcess node(int number) {
		return this.lab.node(number);
	}

	RedisProcess server() {
		return this.lab.server();
	}

	Random random() {
		return this.random;
	}

	/**
	 * Returns a lock that nobody used before.
	 */
	String lock() {
		return this.lock;
	}

	String lock(int number) {
		return this.lock + "-" + number;
	}

	String record() {
		return this.lab.record(this.lock);
	}

	/**
	 * Has a node call, without waiting for anything.
	 */
	void call(int node, String lock, String mode, long millis, String... extras) {
		node(node).tell("call " + lock + " " + mode + " " + millis
				+ Arrays.stream(extras).map((extra) -> " " + extra).collect(Collectors.joining()));
	}

	/**
	 * Has a node call, and waits until its work has begun.
	 */
	Event hold(int node, String lock, String mode, long millis, String... extras) {
		call(node, lock, mode, millis, extras);
		return granted(node, lock);
	}

	/**
	 * Waits until a node has the lock.
	 */
	Event granted(int node, String lock) {
		return require(node, Kind.GRANTED, lock);
	}

	/**
	 * Waits until a node has called.
	 */
	Event invoked(int node, String lock) {
		return require(node, Kind.INVOKED, lock);
	}

	/**
	 * Waits until a node's call is over.
	 */
	Event ended(int node, String lock) {
		return require(node, Kind.ENDED, lock);
	}

	Event releasing(int node, String lock) {
		return require(node, Kind.RELEASING, lock);
	}

	/**
	 * Waits until a node is told of a loss.
	 */
	@Nullable Event told(int node, String lock, Duration timeout) {
		return node(node).await(Kind.TOLD, lock, timeout);
	}

	private Event require(int node, Kind kind, String lock) {
		Event event = node(node).await(kind, lock, TIMEOUT.plus(TIMEOUT));
		if (event == null) {
			throw new Missing(node(node).id() + " had no " + kind + " of " + lock);
		}
		return event;
	}

	/**
	 * Has a node call that does not wait, and expects that the lock is free.
	 */
	void expectFree(int node, String lock) {
		call(node, lock, "HASTY", 0);
		String outcome = ended(node, lock).text();
		expect(outcome.equals("returned"), "the lock is free afterwards, but a call ended with " + outcome);
	}

	/**
	 * Waits until a node that waits is known to the store.
	 */
	void awaitWaiter(String lock) {
		String queue = this.lab.record(lock).replaceAll("lock$", "queue");
		if (!Lab.await(() -> server().command("EXISTS", queue).equals(1L), TIMEOUT)) {
			throw new Missing("nobody waits for " + lock);
		}
	}

	/**
	 * Says whether the fault was seen to have an effect.
	 */
	void effect(boolean seen) {
		this.effect = seen;
	}

	void see(String text) {
		this.seen.add(text);
	}

	void expect(boolean holds, String what) {
		if (!holds) {
			this.failures.add(what);
			this.broken = true;
		}
	}

	void expectEnd(int node, String lock, String... outcomes) {
		String outcome = ended(node, lock).text();
		see("ended with " + outcome);
		expect(List.of(outcomes).contains(outcome), "it ends with " + String.join(" or ", outcomes));
	}

	/**
	 * Measures something that has a bound. The machine is shared: what is late once may
	 * be tried again.
	 */
	void measure(String what, long nanos, Duration bound) {
		this.measured.computeIfAbsent(what, (name) -> new ArrayList<>()).add(nanos);
		see(what + " " + nanos / 1_000_000 + " ms");
		if (nanos > bound.toNanos()) {
			this.failures.add(what + " within " + bound.toMillis() + " ms");
		}
	}

	Verdict verdict(boolean starved) {
		if (this.broken && !starved) {
			return Verdict.VIOLATED;
		}
		return (this.effect && this.failures.isEmpty()) ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
	}

	boolean isEffective() {
		return this.effect;
	}

	String seen() {
		return this.seen.stream().distinct().limit(6).collect(Collectors.joining("; "));
	}

	List<String> failures() {
		return this.failures;
	}

	Map<String, List<Long>> measured() {
		return this.measured;
	}

	/**
	 * What had to happen did not.
	 */
	static final class Missing extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Missing(String message) {
			super(message);
		}

	}

}
