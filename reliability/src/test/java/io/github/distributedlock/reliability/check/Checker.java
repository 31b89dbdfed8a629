package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Kind;

/**
 * Checks a history. What a fault admits while its effects last is documented, and counted
 * apart.
 */
public final class Checker {

	private static final List<Check> CHECKS = List.of(new Overlaps(), new EarlyGrants(), new TokenOrder(),
			new LostUpdates(), new LossInTime(), new ZombieRenewals(), new Contract(), new Standstill(), new Leaks());

	private Checker() {
	}

	/**
	 * Checks everything.
	 * @param history what happened
	 * @return what must not be, and what a fault admits
	 */
	public static Findings check(History history) {
		List<Event> faults = history.events(Kind.FAULT).toList();
		List<Violation> violations = new ArrayList<>();
		List<Violation> admitted = new ArrayList<>();
		CHECKS.stream()
			.flatMap((check) -> check.check(history).stream())
			.sorted(Comparator.comparingLong(Violation::at))
			.forEach((violation) -> (isAdmitted(violation, faults) ? admitted : violations).add(violation));
		return new Findings(violations, admitted);
	}

	private static boolean isAdmitted(Violation violation, List<Event> faults) {
		return faults.stream()
			.anyMatch((fault) -> List.of(fault.hold().split(",")).contains(violation.check())
					&& fault.at() <= violation.at() && end(violation) <= fault.moment()
					&& (fault.lock().isEmpty() || fault.lock().equals(violation.lock())));
	}

	/** An overlap must end inside its window; everything else has no length. */
	private static long end(Violation violation) {
		return violation.at() + (violation.check().equals("MX") ? violation.nanos() : 0);
	}

	/**
	 * What a check found.
	 *
	 * @param violations what must not be, the first first
	 * @param admitted what is inside a documented window
	 */
	public record Findings(List<Violation> violations, List<Violation> admitted) {
	}

}
