package io.github.distributedlock.reliability.scenario;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.lab.Lab;

/**
 * What happens to what the server keeps and admits: rows B1 to B14, and rights.
 */
final class ServerFaults {

	private static final int MOST_TRIES = 20;

	private ServerFaults() {
	}

	static List<Scenario> all() {
		return List.of(Scenario
			.of("B1", "server restarted with nothing kept", "the loss is known at the next renewal; tokens rise",
					(probe) -> lost(probe, () -> probe.server().restart()))
			.admitting("MX,EG,LV"),
				Scenario.of("B2", "server restarted with its log of commands", "the lock is kept and renewed",
						ServerFaults::restartedKeeping)
					.admitting("LV"),
				Scenario.of("B4", "server stopped for half a lease", "the lock is kept", (probe) -> kept(probe, () -> {
					probe.server().pause();
					Lab.pass(Probe.LEASE.dividedBy(2));
					probe.server().resume();
				})),
				Scenario.of("B5", "subscriptions killed while others wait", "whoever waits is served",
						ServerFaults::deaf),
				Scenario
					.of("B6", "record deleted", "the loss is known at the next renewal; tokens rise",
							(probe) -> lost(probe, () -> probe.server().command("DEL", probe.record())))
					.admitting("MX,EG"),
				Scenario
					.of("B6", "all records flushed", "the loss is known at the next renewal; tokens rise",
							(probe) -> lost(probe, () -> probe.server().command("FLUSHALL")))
					.admitting("MX,EG"),
				Scenario.of("B7", "memory full, nothing evicted",
						"held locks are kept; others are unavailable, but for some that are asked for together with releases",
						ServerFaults::full)
					.admitting("LV"),
				Scenario
					.of("B8", "memory full, locks evicted", "the loss is known at the next renewal",
							ServerFaults::evicted)
					.admitting("MX,EG,LV"),
				Scenario.of("B9", "scripts forgotten", "nobody notices",
						(probe) -> kept(probe, () -> probe.server().command("SCRIPT", "FLUSH"))),
				Scenario.of("B12", "foreign record at the lock's place", "contended, and never overwritten",
						(probe) -> foreign(probe, "LockNotAcquiredException", "SET")),
				Scenario.of("B12", "record of another type at the lock's place", "refused, and never overwritten",
						(probe) -> foreign(probe, "LockMisconfiguredException", "SADD")),
				Scenario.of("B14", "slow command", "the lock is kept",
						(probe) -> kept(probe, () -> probe.server().command("DEBUG", "SLEEP", "0.7"))),
				Scenario.of("B14", "clients paused by the server", "the lock is kept", (probe) -> kept(probe, () -> {
					probe.server().command("CLIENT", "PAUSE", "700", "ALL");
					Lab.pass(Duration.ofMillis(700));
				})),
				Scenario.of("D4", "connections killed by the server", "the lock is kept",
						(probe) -> kept(probe, () -> probe.server().command("CLIENT", "KILL", "TYPE", "normal"))),
				Scenario.of("E6", "rights taken away", "refused by name, and never open", ServerFaults::forbidden)
					.admitting("LV"));
	}

	/** The record goes away under its holder. */
	private static void lost(Probe probe, Runnable fault) {
		probe.record();
		Event first = probe.hold(0, probe.lock(), "PATIENT", 10_000, "WRITE");
		probe.call(1, probe.lock(), "PATIENT", 50, "WRITE");
		Lab.pass(Duration.ofMillis(probe.random().nextInt(500)));
		long from = System.nanoTime();
		fault.run();
		Event told = probe.told(0, probe.lock(), Probe.LEASE.plus(Probe.LATE));
		probe.effect(told != null);
		probe.expect(told != null, "the holder is told");
		if (told != null) {
			probe.measure("window until the loss is known", told.at() - from, Probe.LEASE);
		}
		probe.expectEnd(0, probe.lock(), "LockLostException");
		Event next = probe.granted(1, probe.lock());
		probe.expect(next.number() > first.number(), "the next token is larger");
	}

	/** The record stays, and so does the holder. */
	private static void kept(Probe probe, Runnable fault) {
		String record = probe.record();
		probe.hold(0, probe.lock(), "PATIENT", 3500, "WRITE");
		probe.call(1, probe.lock(), "PATIENT", 10, "WRITE");
		probe.awaitWaiter(probe.lock());
		Object before = probe.server().command("GET", record);
		long from = System.nanoTime();
		fault.run();
		probe.effect(System.nanoTime() - from > 500_000_000 || probe.server().command("GET", record).equals(before));
		probe.expectEnd(0, probe.lock(), "returned");
		probe.granted(1, probe.lock());
	}

	private static void restartedKeeping(Probe probe) {
		probe.server().command("CONFIG", "SET", "appendfsync", "always");
		probe.server().command("CONFIG", "SET", "appendonly", "yes");
		Lab.await(() -> String.valueOf(probe.server().command("INFO", "persistence"))
			.contains("aof_rewrite_in_progress:0"), Duration.ofSeconds(5));
		kept(probe, () -> probe.server().restart("--appendonly", "yes", "--appendfsync", "always"));
		probe.server().command("CONFIG", "SET", "appendonly", "no");
	}

	private static void deaf(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 20_000);
		probe.call(1, probe.lock(), "PATIENT", 10);
		Lab.pass(Duration.ofMillis(200));
		Object killed = probe.server().command("CLIENT", "KILL", "TYPE", "pubsub");
		probe.effect(killed instanceof Long count && count > 0);
		probe.node(0).tell("end " + probe.lock());
		long released = probe.releasing(0, probe.lock()).at();
		probe.measure("wake-up without subscriptions", probe.granted(1, probe.lock()).at() - released,
				Duration.ofMillis(1200).plus(Probe.LATE));
	}

	/**
	 * Redis lets a script that has written, for the release of another lock, write more.
	 */
	private static void full(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 3000, "WRITE");
		probe.server().command("CONFIG", "SET", "maxmemory", "1");
		try {
			String outcome = "returned";
			for (int i = 1; i <= MOST_TRIES && outcome.equals("returned"); i++) {
				probe.call(1, probe.lock(i), "PATIENT", 0);
				outcome = probe.ended(1, probe.lock(i)).text();
			}
			probe.effect(!outcome.equals("returned"));
			probe.expect(outcome.equals("LockUnavailableException"), "a new lock is unavailable, but was " + outcome);
			probe.expectEnd(0, probe.lock(), "returned");
		}
		finally {
			probe.server().command("CONFIG", "SET", "maxmemory", "0");
		}
		OutageFaults.back(probe, "back after memory is there");
	}

	private static void evicted(Probe probe) {
		String record = probe.record();
		probe.hold(0, probe.lock(), "PATIENT", 10_000, "WRITE");
		probe.server().command("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
		probe.server().command("CONFIG", "SET", "maxmemory", "1");
		try {
			Event told = probe.told(0, probe.lock(), Probe.LEASE.plus(Probe.LATE));
			probe.effect(probe.server().command("EXISTS", record).equals(0L));
			probe.expect(told != null, "the holder is told");
			probe.expectEnd(0, probe.lock(), "LockLostException");
		}
		finally {
			probe.server().command("CONFIG", "SET", "maxmemory", "0");
			probe.server().command("CONFIG", "SET", "maxmemory-policy", "noeviction");
		}
		OutageFaults.back(probe, "back after memory is there");
	}

	private static void foreign(Probe probe, String outcome, String command) {
		String record = probe.record();
		probe.server().command(command, record, "foreign");
		Object type = probe.server().command("TYPE", record);
		probe.call(1, probe.lock(), "BRIEF", 0);
		probe.expectEnd(1, probe.lock(), outcome);
		probe.effect(type.equals(probe.server().command("TYPE", record)));
		probe.expect(type.equals(probe.server().command("TYPE", record)), "the record is still there");
		probe.server().command("DEL", record);
	}

	private static void forbidden(Probe probe) {
		probe.server().command("ACL", "SETUSER", "default", "-evalsha", "-eval");
		try {
			for (String mode : new String[] { "PATIENT", "OPEN" }) {
				String lock = probe.lock() + mode;
				probe.call(1, lock, mode, 0);
				String outcome = probe.ended(1, lock).text();
				probe.see(mode + " ended with " + outcome);
				probe.effect(!outcome.equals("returned"));
				probe.expect(outcome.equals("LockMisconfiguredException"),
						mode + " ends with LockMisconfiguredException");
			}
		}
		finally {
			probe.server().command("ACL", "SETUSER", "default", "+@all");
		}
		OutageFaults.back(probe, "back after the rights");
	}

}
