package io.github.distributedlock.reliability.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.lab.Lab;
import io.github.distributedlock.reliability.proxy.FaultProxy;
import io.github.distributedlock.reliability.proxy.FaultProxy.Ending;
import io.github.distributedlock.reliability.proxy.Script;

/**
 * What happens between nodes and server: rows D1 to D7, and a key that is refused.
 */
final class NetworkFaults {

	/** A command's time-out, and half a second. */
	private static final Duration ANSWER = Duration.ofMillis(1500);

	/** Two pings without an answer, and a new connection. */
	private static final Duration USABLE = Duration.ofMillis(2500).plus(Probe.LATE);

	/** A dozen questions and answers, one after the other. */
	private static final Duration START = Duration.ofSeconds(8);

	/** The resource knows a token from the first read of its holder on. */
	private static final Duration READ = Duration.ofMillis(300);

	private NetworkFaults() {
	}

	static List<Scenario> all() {
		return List.of(
				Scenario.of("D1", "network cut for half a lease", "the lock is kept",
						(probe) -> cutBriefly(probe, Probe.LEASE.dividedBy(2))),
				Scenario.of("D1", "network cut for two leases",
						"lost at the deadline, before the next holder has it; nothing comes back when it heals",
						(probe) -> cut(probe, true, true)),
				Scenario.of("D2", "network cut while waiting", "the wait time is kept", NetworkFaults::cutWaiting),
				Scenario.of("D3", "answer to an acquire lost", "no ghost beyond the lease",
						(probe) -> acquireLost(probe, Ending.RESET)),
				Scenario.of("D3", "answer to a renewal lost", "the lock is kept",
						(probe) -> renewalLost(probe, Ending.RESET)),
				Scenario.of("D3", "answer to a release lost", "the next has the lock within the lease",
						NetworkFaults::releaseLost),
				Scenario.of("D4", "connection half-open", "answers in time, and usable again soon",
						NetworkFaults::halfOpen),
				Scenario.of("D5", "latency of a lease, with jitter", "late answers change nothing",
						NetworkFaults::slow),
				Scenario.of("D5", "latency of 100 ms, with jitter", "the lock is kept", (probe) -> {
					probe.node(0).network().delay(60, 40);
					heldThrough(probe, () -> Lab.pass(Duration.ofMillis(2000)));
				}),
				Scenario
					.of("D5", "start behind latency of 120 ms, with jitter", "usable soon", NetworkFaults::slowStart)
					.admitting("LV,EX"),
				Scenario.of("D6", "1 kB per second", "kept, or lost at the deadline", NetworkFaults::drip),
				Scenario.of("D6", "answer broken off", "no ghost beyond the lease",
						(probe) -> acquireLost(probe, Ending.HALF)),
				Scenario.of("D6", "garbage instead of an answer", "no ghost beyond the lease",
						(probe) -> acquireLost(probe, Ending.GARBAGE)),
				Scenario.of("D6", "connections reset", "the lock is kept",
						(probe) -> heldThrough(probe, () -> probe.node(0).network().reset())),
				Scenario.of("D7", "answers cut", "lost at the deadline; nothing comes back when it heals",
						(probe) -> cut(probe, false, true)),
				Scenario.of("D7", "requests cut", "lost at the deadline; nothing comes back when it heals",
						(probe) -> cut(probe, true, false)),
				Scenario.of("E3", "empty key", "refused before anything is asked, also when open",
						NetworkFaults::emptyKey));
	}

	private static void cutBriefly(Probe probe, Duration time) {
		FaultProxy network = probe.node(0).network();
		heldThrough(probe, () -> {
			network.cut(true, true);
			Lab.pass(time);
			network.heal();
		});
	}

	/** The holder keeps the lock, whatever happens to its network. */
	private static void heldThrough(Probe probe, Runnable fault) {
		Wire wire = contended(probe, 3500, 10);
		fault.run();
		probe.effect(wire.isHurt());
		wire.network().heal();
		probe.expectEnd(0, probe.lock(), "returned");
		probe.granted(1, probe.lock());
	}

	private static void cut(Probe probe, boolean requests, boolean answers) {
		Wire wire = contended(probe, 20_000, 3000, "STUBBORN");
		wire.network().cut(requests, answers);
		Event told = probe.told(0, probe.lock(), Probe.LEASE.multipliedBy(2));
		probe.expect(told != null, "the holder is told at its deadline");
		Lab.pass(Probe.LEASE);
		probe.effect(wire.isHurt() && told != null);
		wire.network().heal();
		probe.granted(1, probe.lock());
		Lab.pass(READ);
		probe.node(0).tell("end " + probe.lock());
		Event end = probe.releasing(0, probe.lock());
		probe.expect(end.number() == 1, "its late write is refused by the fence");
		probe.expectEnd(0, probe.lock(), "LockLostException");
		nextKeepsIt(probe);
	}

	private static void cutWaiting(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 20_000);
		probe.call(1, probe.lock(), "BRIEF", 0);
		Lab.pass(Duration.ofMillis(200));
		Wire wire = Wire.of(probe, 1);
		long from = System.nanoTime();
		wire.network().cut(true, true);
		Event end = probe.ended(1, probe.lock());
		probe.effect(wire.isHurt());
		wire.network().heal();
		probe.measure("wait of 3 s ends", end.at() - from, Duration.ofMillis(4000).plus(Probe.LATE));
		probe.expectEnd(1, probe.lock(), "LockNotAcquiredException", "LockUnavailableException");
		probe.node(0).tell("end " + probe.lock());
		probe.expectEnd(0, probe.lock(), "returned");
	}

	private static void acquireLost(Probe probe, Ending ending) {
		String record = probe.record();
		Wire wire = losing(probe, Script.ACQUIRE, ending);
		probe.call(0, probe.lock(), "BRIEF", 10);
		String outcome = probe.ended(0, probe.lock()).text();
		long ended = System.nanoTime();
		probe.see("ended with " + outcome);
		probe.effect(wire.isHurt());
		wire.network().heal();
		probe.expect(List.of("returned", "LockUnavailableException", "LockMisconfiguredException").contains(outcome),
				"it is granted anew or refused");
		Lab.await(() -> probe.server().command("EXISTS", record).equals(0L), Duration.ofSeconds(5));
		probe.measure("ghost gone", System.nanoTime() - ended, Probe.LEASE.plus(Probe.LATE));
		probe.call(1, probe.lock(), "PATIENT", 0);
		probe.granted(1, probe.lock());
	}

	private static void renewalLost(Probe probe, Ending ending) {
		heldThrough(probe, () -> Lab.await(losing(probe, Script.RENEW, ending)::isHurt, Probe.LEASE));
	}

	private static void releaseLost(Probe probe) {
		Wire wire = losing(probe, Script.RELEASE, Ending.RESET);
		probe.hold(0, probe.lock(), "PATIENT", 100);
		probe.call(1, probe.lock(), "PATIENT", 0);
		probe.awaitWaiter(probe.lock());
		long released = probe.releasing(0, probe.lock()).at();
		probe.measure("release bounded", probe.ended(0, probe.lock()).at() - released,
				Duration.ofSeconds(1).plus(Probe.LATE));
		probe.expectEnd(0, probe.lock(), "returned");
		probe.effect(wire.isHurt());
		probe.measure("takeover after a release without answer", probe.granted(1, probe.lock()).at() - released,
				Probe.LEASE.plus(Probe.LATE));
		wire.network().heal();
	}

	private static void halfOpen(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 3500, "WRITE");
		Wire wire = losing(probe, Script.RENEW, Ending.SILENCE);
		probe.effect(Lab.await(wire::isHurt, Probe.LEASE));
		long from = System.nanoTime();
		String last = "";
		long longest = 0;
		for (int i = 100; (!last.equals("returned") || wire.network().isSilent())
				&& System.nanoTime() - from < 12_000_000_000L; i++) {
			long asked = System.nanoTime();
			probe.call(0, probe.lock(i), "HASTY", 0);
			Event end = probe.ended(0, probe.lock(i));
			longest = Math.max(longest, end.at() - asked);
			last = end.text();
			Lab.pass(Duration.ofMillis(5));
		}
		probe.expect(last.equals("returned"), "calls succeed again, without the connection's end");
		probe.measure("usable again, connection half-open", System.nanoTime() - from, USABLE);
		probe.measure("slowest answer, connection half-open", longest, ANSWER);
		probe.expectEnd(0, probe.lock(), "returned", "LockLostException");
		wire.network().heal();
	}

	private static void slowStart(Probe probe) {
		probe.node(0).kill();
		probe.lab().replace(0, 120, 80);
		FaultProxy network = probe.node(0).network();
		long from = System.nanoTime();
		String last = "";
		for (int i = 100; !last.equals("returned") && System.nanoTime() - from < 40_000_000_000L; i++) {
			probe.call(0, probe.lock(i), "HASTY", 0);
			last = probe.ended(0, probe.lock(i)).text();
			Lab.pass(Duration.ofMillis(5));
		}
		probe.effect(network.hurt() > 0);
		probe.expect(last.equals("returned"), "calls succeed");
		probe.measure("usable after a start behind latency", System.nanoTime() - from, START);
		network.heal();
	}

	private static void slow(Probe probe) {
		Wire wire = contended(probe, 10_000, 2000);
		wire.network().delay(Probe.LEASE.toMillis(), Probe.LEASE.toMillis());
		probe.expectEnd(0, probe.lock(), "LockLostException");
		probe.effect(wire.isHurt());
		probe.granted(1, probe.lock());
		wire.network().heal();
		nextKeepsIt(probe);
	}

	private static void drip(Probe probe) {
		Wire wire = contended(probe, 3000, 10);
		wire.network().drip(1000);
		Lab.pass(Duration.ofMillis(2500));
		probe.effect(wire.isHurt());
		wire.network().heal();
		probe.expectEnd(0, probe.lock(), "returned", "LockLostException");
		probe.granted(1, probe.lock());
	}

	/** One node has the lock, and the next one waits for it. */
	private static Wire contended(Probe probe, long held, long next, String... extras) {
		probe.hold(0, probe.lock(), "PATIENT", held,
				Stream.concat(Stream.of("WRITE"), Stream.of(extras)).toArray(String[]::new));
		probe.call(1, probe.lock(), "PATIENT", next, "WRITE");
		probe.awaitWaiter(probe.lock());
		return Wire.of(probe, 0);
	}

	private static Wire losing(Probe probe, Script script, Ending ending) {
		Wire wire = Wire.of(probe, 0);
		wire.network().lose(script, probe.lock(), 1, ending);
		return wire;
	}

	private static void nextKeepsIt(Probe probe) {
		String outcome = probe.ended(1, probe.lock()).text();
		probe.expect(outcome.equals("returned"), "the next holder keeps the lock, but ended with " + outcome);
	}

	private static void emptyKey(Probe probe) {
		for (String mode : new String[] { "HASTY", "OPEN" }) {
			String lock = "empty-" + probe.lock() + mode;
			probe.call(2, lock, mode, 0);
			probe.expectEnd(2, lock, "InvalidLockKeyException");
			probe.effect(true);
		}
	}

	/**
	 * What lies between a node and the server.
	 *
	 * @param network the network
	 * @param before what faults had hurt there before
	 */
	private record Wire(FaultProxy network, long before) {

		static Wire of(Probe probe, int node) {
			FaultProxy network = probe.node(node).network();
			return new Wire(network, network.hurt());
		}

		boolean isHurt() {
			return this.network.hurt() > this.before;
		}

	}

}
