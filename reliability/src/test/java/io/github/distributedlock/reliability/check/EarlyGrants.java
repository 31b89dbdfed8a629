package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;

/**
 * EG: the store grants a lock no sooner than its last owner released it, or the lease
 * that it had confirmed was over. RN: it renews for nobody to whose lock it has admitted
 * another owner since.
 */
final class EarlyGrants implements Check {

	private static final long RESOLUTION = 2_000_000;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		Map<String, Tenure> asked = new HashMap<>();
		Map<String, Tenure> current = new HashMap<>();
		for (Event event : history.events()) {
			switch (event.kind()) {
				case ASKED -> asked.put(event.hold(), new Tenure(event));
				case STORE_GRANTED -> {
					Tenure next = asked.get(event.hold());
					if (next == null) {
						continue;
					}
					next.grantedAt = event.at();
					Tenure last = current.put(event.lock(), next);
					if (last != null && last != next && event.at() < last.end - last.lease / 100 - RESOLUTION) {
						violations.add(new Violation("EG", event.at(), last.end - event.at(), event.lock(),
								"the store granted " + event.hold() + " while it kept " + last.owner));
					}
				}
				case RENEWED -> {
					Tenure tenure = asked.get(event.hold());
					Tenure holder = current.get(event.lock());
					if (tenure != null && holder != null && holder != tenure && tenure.grantedAt < holder.grantedAt
							&& holder.grantedAt < event.moment()) {
						violations.add(new Violation("RN", event.at(), 0, event.lock(),
								"the store renewed for " + event.hold() + " after it had granted " + holder.owner));
					}
					if (tenure != null) {
						tenure.end = Math.max(tenure.end, Math.min(tenure.released, event.moment() + event.number()));
					}
				}
				case STORE_RELEASING -> {
					Tenure tenure = asked.get(event.hold());
					if (tenure != null) {
						tenure.released = Math.min(tenure.released, event.at());
						tenure.end = Math.min(tenure.end, event.at());
					}
				}
				default -> {
				}
			}
		}
		return violations;
	}

	private static final class Tenure {

		private final String owner;

		private final long lease;

		private long grantedAt;

		private long end;

		private long released = Long.MAX_VALUE;

		Tenure(Event asked) {
			this.owner = asked.hold();
			this.lease = asked.number();
			this.end = asked.at() + asked.number();
		}

	}

}
