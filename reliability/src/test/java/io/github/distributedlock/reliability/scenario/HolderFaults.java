package io.github.distributedlock.reliability.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.lab.Lab;
import io.github.distributedlock.reliability.proxy.FaultProxy.Ending;
import io.github.distributedlock.reliability.proxy.Script;

/**
 * What happens to those that hold locks or wait for them: rows A1 to A15.
 */
final class HolderFaults {

	private static final int LOCKS = 4;

	private static final int SPINNERS = 6 * Runtime.getRuntime().availableProcessors();

	private HolderFaults() {
	}

	static List<Scenario> all() {
		return List.of(
				Scenario.of("A1", "holder killed", "the next holder has the lock within the lease and a little",
						HolderFaults::killed),
				Scenario.of("A2", "holder killed between grant and answer", "the record is gone within the lease",
						HolderFaults::killedBeforeAnswer),
				Scenario.of("A3", "holder stopped for three leases",
						"first question says no; ends with LockLostException; its late write is refused",
						HolderFaults::stopped),
				Scenario.of("A4", "holder stopped around its deadline", "no two valid leases",
						HolderFaults::stoppedAtDeadline),
				Scenario
					.of("A5", "processors starved", "deadlines stay honest; losses are allowed", HolderFaults::starved)
					.admitting("LS,EX,LV"),
				Scenario
					.of("A6", "listeners that throw and hang", "other listeners are told, other locks are kept",
							HolderFaults::badListeners)
					.admitting("MX,EG"),
				Scenario.of("A7", "waiters interrupted", "they end within 100 ms and leave nothing behind",
						HolderFaults::interrupted),
				Scenario.of("A8", "work that interrupts its thread", "the lock is released",
						(probe) -> endsAndFrees(probe, "returned", "INTERRUPT_ITSELF")),
				Scenario.of("A9", "work that throws", "its exception arrives, and the lock is released",
						(probe) -> endsAndFrees(probe, "WorkException", "THROW")),
				Scenario.of("A9", "work that fails with an error", "its error arrives, and the lock is released",
						(probe) -> endsAndFrees(probe, "WorkException", "ERROR")),
				Scenario.of("A11", "holder terminated", "its work ends under the lock, then the next has it at once",
						HolderFaults::terminated),
				Scenario.of("A12", "waiter terminated", "it is let go, and leaves nothing behind",
						HolderFaults::waiterTerminated),
				Scenario.of("A13", "work that ends its JVM", "the lock is free when the shutdown's patience ends",
						HolderFaults::exits),
				Scenario.of("A14", "5,000 waiters on one lock", "everybody is served",
						(probe) -> crowd(probe, 1, 5000)),
				Scenario.of("A14", "1,000 locks with 5 waiters each", "everybody is served",
						(probe) -> crowd(probe, 1000, 5)),
				Scenario.of("A15", "lock entered again", "the token stays the same", HolderFaults::reentered),
				Scenario.of("A15", "another task on the thread that holds the lock", "it is not the owner",
						HolderFaults::pooled));
	}

	private static void killed(Probe probe) {
		for (int i = 0; i < LOCKS; i++) {
			probe.hold(0, probe.lock(i), "PATIENT", 20_000);
			probe.call(1 + i % 2, probe.lock(i), "PATIENT", 10);
		}
		Lab.pass(Duration.ofMillis(probe.random().nextInt(1000)));
		probe.node(0).kill();
		long killed = System.nanoTime();
		for (int i = 0; i < LOCKS; i++) {
			long next = probe.granted(1 + i % 2, probe.lock(i)).at();
			probe.effect(next > killed);
			probe.measure("takeover after SIGKILL", next - killed, Probe.LEASE.plus(Probe.LATE));
		}
		probe.lab().replace(0);
	}

	private static void killedBeforeAnswer(Probe probe) {
		String record = probe.record();
		probe.node(0).network().lose(Script.ACQUIRE, probe.lock(), 1, Ending.SILENCE);
		probe.call(0, probe.lock(), "PATIENT", 1000);
		probe.effect(Lab.await(() -> probe.server().command("EXISTS", record).equals(1L), Duration.ofSeconds(3)));
		probe.node(0).kill();
		long killed = System.nanoTime();
		Lab.await(() -> probe.server().command("EXISTS", record).equals(0L), Duration.ofSeconds(5));
		probe.measure("ghost gone", System.nanoTime() - killed, Probe.LEASE.plus(Probe.LATE));
		probe.expectFree(1, probe.lock());
		probe.lab().replace(0);
	}

	private static void stopped(Probe probe) {
		Event first = probe.hold(0, probe.lock(), "PATIENT", 30_000, "WRITE", "STUBBORN");
		probe.call(1, probe.lock(), "PATIENT", 100, "WRITE");
		probe.node(0).pause();
		Event next = probe.granted(1, probe.lock());
		probe.effect(next.number() > first.number());
		Lab.pass(Probe.LEASE.multipliedBy(2));
		long resumed = System.nanoTime();
		probe.node(0).resume();
		Event told = probe.told(0, probe.lock(), Duration.ofSeconds(3));
		probe.expect(told != null, "a listener is told after the pause");
		if (told != null) {
			probe.measure("listener told after resume", told.at() - resumed, Probe.LATE);
		}
		probe.node(0).tell("end " + probe.lock());
		Event end = probe.releasing(0, probe.lock());
		probe.expect(end.text().equals("invalid"), "the question after the pause says no");
		probe.expect(end.number() == 1, "its late write is refused by the fence");
		probe.expectEnd(0, probe.lock(), "LockLostException");
	}

	private static void stoppedAtDeadline(Probe probe) {
		int effects = 0;
		for (int i = 0; i < 3; i++) {
			Event held = probe.hold(0, probe.lock(i), "FIXED", 10_000, "WRITE");
			probe.call(1, probe.lock(i), "PATIENT", 50, "WRITE");
			long at = held.moment() + (probe.random().nextInt(41) - 20) * 1_000_000L;
			Lab.pass(Duration.ofNanos(at - System.nanoTime()));
			probe.node(0).pause();
			effects += (probe.granted(1, probe.lock(i)).at() > held.moment()) ? 1 : 0;
			probe.node(0).resume();
			probe.expectEnd(0, probe.lock(i), "LockLostException");
		}
		probe.effect(effects == 3);
	}

	private static void starved(Probe probe) {
		List<Process> spinners = new ArrayList<>();
		probe.hold(0, probe.lock(), "PATIENT", 4000, "WRITE");
		probe.call(1, probe.lock(), "PATIENT", 100, "WRITE");
		try {
			for (int i = 0; i < SPINNERS; i++) {
				spinners.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
			}
			long worst = 0;
			for (long until = System.nanoTime() + 3_000_000_000L; System.nanoTime() < until;) {
				long before = System.nanoTime();
				LockSupport.parkNanos(1_000_000);
				worst = Math.max(worst, System.nanoTime() - before);
			}
			probe.see("a thread slept up to " + worst / 1_000_000 + " ms too long");
			probe.effect(worst > 5_000_000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			spinners.forEach(Process::destroyForcibly);
		}
		probe.expectEnd(0, probe.lock(), "returned", "LockLostException");
		probe.granted(1, probe.lock());
	}

	private static void badListeners(Probe probe) {
		probe.hold(0, probe.lock(1), "PATIENT", 3500);
		probe.hold(0, probe.lock(), "PATIENT", 10_000, "BAD_LISTENERS");
		probe.effect(probe.server().command("DEL", probe.record()).equals(1L));
		probe.expect(probe.told(0, probe.lock(), Probe.RENEWAL) != null, "the good listener is told");
		probe.expectEnd(0, probe.lock(), "LockLostException");
		probe.expectEnd(0, probe.lock(1), "returned");
	}

	private static void interrupted(Probe probe) {
		for (int i = 0; i < 4; i++) {
			probe.hold(0, probe.lock(i), "PATIENT", 10_000);
			probe.node(1).network().delay((i % 2) * 100L, 0);
			probe.call(1, probe.lock(i), "PATIENT", 10);
			Lab.pass(Duration.ofMillis(probe.random().nextInt(200)));
			probe.node(1).tell("interrupt " + probe.lock(i));
			long at = System.nanoTime();
			Event end = probe.ended(1, probe.lock(i));
			probe.measure("interrupt answered", end.at() - at, Probe.LATE);
			probe.expect(end.text().equals("LockInterruptedException"), "it ends with LockInterruptedException");
			probe.effect(end.text().equals("LockInterruptedException"));
			probe.node(0).tell("end " + probe.lock(i));
			probe.ended(0, probe.lock(i));
			long ended = System.nanoTime();
			probe.call(2, probe.lock(i), "BRIEF", 0);
			probe.measure("free after an interrupt", probe.granted(2, probe.lock(i)).at() - ended,
					Duration.ofSeconds(1).plus(Probe.LATE));
		}
		probe.node(1).network().heal();
	}

	private static void endsAndFrees(Probe probe, String outcome, String extra) {
		probe.hold(0, probe.lock(), "PATIENT", 100, "WRITE", extra);
		probe.effect(probe.ended(0, probe.lock()).text().equals(outcome));
		probe.expectEnd(0, probe.lock(), outcome);
		probe.expectFree(1, probe.lock());
	}

	private static void terminated(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 1000, "WRITE");
		probe.call(1, probe.lock(), "PATIENT", 10, "WRITE");
		Lab.pass(Duration.ofMillis(200));
		probe.node(0).terminate();
		probe.effect(true);
		long released = probe.releasing(0, probe.lock()).at();
		probe.expectEnd(0, probe.lock(), "returned");
		long next = probe.granted(1, probe.lock()).at();
		probe.measure("takeover after graceful end", next - released, Probe.LATE);
		probe.node(0).awaitEnd();
		probe.lab().replace(0);
	}

	private static void waiterTerminated(Probe probe) {
		probe.hold(1, probe.lock(), "PATIENT", 20_000);
		probe.call(0, probe.lock(), "PATIENT", 10);
		Lab.pass(Duration.ofMillis(300));
		probe.node(0).terminate();
		long at = System.nanoTime();
		Event end = probe.ended(0, probe.lock());
		probe.effect(true);
		probe.measure("waiter let go", end.at() - at, Probe.LATE.plusMillis(500));
		probe.expect(end.text().equals("LockRegistryShutdownException"), "it ends with LockRegistryShutdownException");
		probe.node(0).awaitEnd();
		probe.node(1).tell("end " + probe.lock());
		probe.ended(1, probe.lock());
		probe.expectFree(2, probe.lock());
		probe.lab().replace(0);
	}

	private static void exits(Probe probe) {
		probe.hold(0, probe.lock(), "PATIENT", 50, "EXIT");
		probe.call(1, probe.lock(), "PATIENT", 10);
		long exiting = probe.releasing(0, probe.lock()).at();
		long next = probe.granted(1, probe.lock()).at();
		probe.effect(next > exiting);
		probe.measure("takeover after exit", next - exiting, Runs.SHUTDOWN.plus(Probe.LATE));
		probe.node(0).awaitEnd();
		probe.lab().replace(0);
	}

	private static void crowd(Probe probe, int locks, int callers) {
		probe.node(2).tell("threads");
		int before = number(probe.node(2).await("threads "));
		long from = System.nanoTime();
		probe.node(2).tell("crowd " + locks + " " + callers + " " + probe.lock() + " PATIENT 0");
		int served = number(probe.node(2).await("crowd "));
		probe.measure("crowd served", System.nanoTime() - from, Duration.ofSeconds(20));
		probe.effect(served > 0);
		probe.expect(served == locks * callers, "all " + locks * callers + " are served, but " + served + " were");
		Lab.pass(Duration.ofMillis(500));
		probe.node(2).tell("threads");
		int after = number(probe.node(2).await("threads "));
		probe.expect(after <= before + 10, "no thread is left, but there were " + before + " and are " + after);
	}

	private static int number(String line) {
		return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
	}

	private static void reentered(Probe probe) {
		Event held = probe.hold(0, probe.lock(), "PATIENT", 200, "REENTER", "WRITE");
		Event inner = probe.node(0).await(Kind.REENTERED, probe.lock(), Duration.ofSeconds(3));
		probe.effect(inner != null);
		probe.expect(inner != null && inner.number() == held.number(), "the inner token is the outer one");
		probe.expectEnd(0, probe.lock(), "returned");
	}

	private static void pooled(Probe probe) {
		probe.call(0, probe.lock(), "PATIENT", 0, "POOLED");
		probe.granted(0, probe.lock());
		Event refused = probe.ended(0, probe.lock());
		probe.see("it ended with " + refused.text());
		probe.effect(refused.hold().endsWith("b"));
		probe.expect(refused.text().equals("LockNotAcquiredException"), "it ends with LockNotAcquiredException");
		probe.call(1, probe.lock(), "BRIEF", 0);
		probe.granted(1, probe.lock());
	}

}
