package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;

/**
 * MX: valid leases of one lock do not overlap. A lease that was over before its work
 * began, because its process stood still, was never valid.
 */
final class Overlaps implements Check {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.heldByLock().forEach((lock, holds) -> {
			Hold last = null;
			for (Hold hold : holds.stream().filter((hold) -> hold.granted() < hold.validUntil()).toList()) {
				if (last != null && hold.granted() < last.validUntil()) {
					long nanos = Math.min(last.validUntil(), hold.validUntil()) - hold.granted();
					violations.add(new Violation("MX", hold.granted(), Math.max(0, nanos), lock,
							hold + " was granted while " + last + " was valid"));
				}
				last = (last == null || hold.validUntil() > last.validUntil()) ? hold : last;
			}
		});
		return violations;
	}

}
