package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;

/**
 * LV: no caller waits for two leases and a second while nobody holds the lock.
 */
final class Standstill implements Check {

	private static final long SECOND = 1_000_000_000;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		Map<String, List<Hold>> granted = history.holds()
			.stream()
			.filter(Hold::isGranted)
			.sorted(Comparator.comparingLong(Hold::granted))
			.collect(Collectors.groupingBy(Hold::lock));
		for (Hold waiter : history.holds()) {
			long until = Math.min(Math.min(waiter.granted(), waiter.ended()), waiter.died());
			if (until == Hold.NEVER || until - waiter.invoked() < 2 * waiter.lease() + SECOND) {
				continue;
			}
			long free = waiter.invoked();
			long gap = 0;
			long end = until;
			for (Hold holder : granted.getOrDefault(waiter.lock(), List.of())) {
				if (holder.granted() >= until) {
					break;
				}
				if (holder.granted() - free > gap) {
					gap = holder.granted() - free;
					end = holder.granted();
				}
				free = Math.max(free, Math.min(holder.releasing(), holder.died()));
			}
			if (until - free > gap) {
				gap = until - free;
				end = until;
			}
			gap -= history.paused(waiter.process(), end - gap, end);
			if (gap > 2 * waiter.lease() + SECOND) {
				violations.add(new Violation("LV", end, gap, waiter.lock(),
						waiter + " waited while nobody held the lock for " + gap / 1_000_000 + " ms"));
			}
		}
		return violations;
	}

}
