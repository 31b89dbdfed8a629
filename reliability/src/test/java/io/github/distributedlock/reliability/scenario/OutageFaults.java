package io.github.distributedlock.reliability.scenario;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.lab.Lab;
import io.github.distributedlock.test.redis.RedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * The server does not answer, or serves nobody: rows B4, B10 and B11.
 */
final class OutageFaults {

	private static final Duration ANSWER = Duration.ofMillis(1500).plus(Probe.LATE);

	/** Less than a millisecond, and a busy machine. */
	private static final Duration AT_ONCE = Duration.ofMillis(100);

	private static final Duration BACK = Duration.ofSeconds(1).plus(Probe.LATE);

	private OutageFaults() {
	}

	static List<Scenario> all() {
		return List.of(
				Scenario
					.of("B4", "server stopped for three leases",
							"the loss is known at the deadline; callers are answered in time", OutageFaults::stopped)
					.admitting("LV"),
				Scenario.of("B10", "server busy with a script", "callers are answered in time", OutageFaults::busy)
					.admitting("LV"),
				Scenario.of("B10", "server made a replica", "callers are answered in time", OutageFaults::replica)
					.admitting("LV"),
				Scenario
					.of("B11", "server down for two leases",
							"first answer in time; the loss is known; back to normal soon after its return",
							OutageFaults::down)
					.admitting("MX,EG,LV"),
				Scenario
					.of("B11", "no more clients admitted", "the lock is kept or lost at its deadline; then back",
							OutageFaults::crowdedOut)
					.admitting("LV"),
				Scenario
					.of("G11", "server stopped, methods that fail open", "they run unprotected, and later protected",
							OutageFaults::open)
					.admitting("LV"));
	}

	private static void stopped(Probe probe) {
		Event held = probe.hold(0, probe.lock(), "PATIENT", 20_000, "WRITE", "STUBBORN");
		probe.server().pause();
		refused(probe, "first answer, server stopped", ANSWER);
		Event told = probe.told(0, probe.lock(), Probe.LEASE.multipliedBy(2));
		probe.effect(told != null);
		probe.expect(told != null, "the holder is told at its deadline");
		refusedAtOnce(probe);
		Lab.pass(Duration.ofNanos(held.at() + Probe.LEASE.multipliedBy(3).toNanos() - System.nanoTime()));
		probe.server().resume();
		back(probe, "back after the server goes on");
		probe.node(0).tell("end " + probe.lock());
		probe.expectEnd(0, probe.lock(), "LockLostException");
	}

	private static void refused(Probe probe, String what, Duration bound) {
		String lock = probe.lock() + "r" + probe.random().nextInt(1_000_000);
		probe.call(1, lock, "PATIENT", 0);
		Event end = probe.ended(1, lock);
		probe.measure(what, end.at() - probe.invoked(1, lock).at(), bound);
		probe.expect(end.text().equals("LockUnavailableException"), "a call is refused, but ended with " + end.text());
	}

	private static void refusedAtOnce(Probe probe) {
		for (int i = 0; i < 5; i++) {
			refused(probe, "answer while the breaker is open", AT_ONCE);
		}
	}

	/** Asks until somebody answers: each question with a lock of its own. */
	static void back(Probe probe, String what) {
		long from = System.nanoTime();
		@Nullable String last = null;
		for (int i = 100; !"returned".equals(last) && System.nanoTime() - from < 15_000_000_000L; i++) {
			probe.call(1, probe.lock(i), "HASTY", 0);
			last = probe.ended(1, probe.lock(i)).text();
			Lab.pass(Duration.ofMillis(5));
		}
		probe.expect("returned".equals(last), "calls succeed again");
		probe.measure(what, System.nanoTime() - from, BACK);
	}

	private static void busy(Probe probe) {
		probe.server().command("CONFIG", "SET", "busy-reply-threshold", "50");
		Thread script = new Thread(() -> {
			try (RedisConnection connection = probe.server().connect()) {
				connection.command("EVAL", "while true do end", "0");
			}
			catch (UncheckedIOException | IllegalStateException ex) {
				// It is killed.
			}
		});
		script.start();
		Lab.pass(Duration.ofMillis(100));
		refused(probe, "first answer, server busy", ANSWER);
		Object killed = probe.server().command("SCRIPT", "KILL");
		probe.effect("OK".equals(killed));
		back(probe, "back after the script");
	}

	private static void replica(Probe probe) {
		probe.server().command("REPLICAOF", "127.0.0.1", "1");
		try {
			refused(probe, "first answer, server is a replica", ANSWER);
			probe.effect(true);
		}
		finally {
			probe.server().command("REPLICAOF", "NO", "ONE");
		}
		back(probe, "back after it is a master");
	}

	private static void down(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 20_000, "WRITE");
		probe.server().stop();
		refused(probe, "first answer, server killed", ANSWER);
		refused(probe, "next answer, server killed", ANSWER);
		Event told = probe.told(0, probe.lock(), Probe.LEASE.plus(Probe.LATE));
		probe.effect(told != null);
		probe.expect(told != null, "the holder is told at its deadline");
		probe.expectEnd(0, probe.lock(), "LockLostException");
		refusedAtOnce(probe);
		Lab.pass(Probe.LEASE);
		probe.server().restart();
		back(probe, "back after the server's return");
	}

	private static void crowdedOut(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 3500, "WRITE");
		try (RedisConnection operator = probe.server().connect()) {
			operator.command("CONFIG", "SET", "maxclients", "1");
			Object killed = operator.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
			probe.effect(killed instanceof Long count && count > 0);
			Lab.pass(Duration.ofMillis(1000));
			operator.command("CONFIG", "SET", "maxclients", "10000");
		}
		probe.expectEnd(0, probe.lock(), "returned", "LockLostException");
		back(probe, "back after clients are admitted");
	}

	private static void open(Probe probe) {
		probe.server().pause();
		Event run = probe.hold(1, probe.lock(), "OPEN", 10);
		probe.effect(run.text().equals("unprotected"));
		probe.expect(run.text().equals("unprotected") && run.number() == 0, "it runs unprotected, without a token");
		probe.server().resume();
		back(probe, "back after the server goes on");
		Event later = probe.hold(2, probe.lock(1), "OPEN", 10);
		probe.expect(later.text().equals("protected"), "it is protected again");
	}

}
