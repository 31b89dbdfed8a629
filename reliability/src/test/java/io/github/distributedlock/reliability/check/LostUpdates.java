package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Kind;

/**
 * LU: with fencing, the resource accepts no token smaller than one that it has seen, and
 * no change overwrites another that its writer has not read.
 */
final class LostUpdates implements Check {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		Map<String, Long> seen = new HashMap<>();
		for (Event event : history.events()) {
			if (event.kind() == Kind.WROTE && event.number() > 0 && event.text().startsWith("accepted")) {
				if (event.number() < seen.getOrDefault(event.lock(), 0L)) {
					violations.add(new Violation("LU", event.at(), 0, event.lock(),
							"the resource accepted token " + event.number() + " after " + seen.get(event.lock())));
				}
				if (!event.text().endsWith(" 0")) {
					violations.add(new Violation("LU", event.at(), 0, event.lock(),
							event.hold() + " overwrote a change in spite of its token"));
				}
			}
			if (event.kind() == Kind.WROTE || event.kind() == Kind.READ) {
				seen.merge(event.lock(), event.number(), Math::max);
			}
		}
		return violations;
	}

}
