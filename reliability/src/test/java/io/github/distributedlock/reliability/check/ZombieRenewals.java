package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Kind;

/**
 * ZR: nothing is renewed after its release was sent.
 */
final class ZombieRenewals implements Check {

	/** Two threads may be on their way; one of them may be starved. */
	private static final long ON_THE_WAY = 50_000_000;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		Map<String, Long> released = new HashMap<>();
		for (Event event : history.events()) {
			if (event.kind() == Kind.STORE_RELEASING) {
				released.putIfAbsent(event.hold(), event.at());
			}
			if (event.kind() == Kind.RENEWING && released.containsKey(event.hold())
					&& event.at() - released.get(event.hold()) > ON_THE_WAY) {
				violations.add(new Violation("ZR", event.at(), event.at() - released.get(event.hold()), event.lock(),
						event.hold() + " was renewed after its release"));
			}
		}
		return violations;
	}

}
