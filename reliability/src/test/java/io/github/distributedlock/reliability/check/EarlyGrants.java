package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;

/**
 * EG: the store grants a lock no sooner than its last owner released it, or the lease
 * that it had confirmed was over. RN: it renews for nobody after it has granted the lock
 * to another.
 * <p>
 * An answer may be read long after it was given, by a process that stood still. So the
 * order of the grants is that of their tokens; a grant is no later than its answer.
 */
final class EarlyGrants implements Check {

	private static final long RESOLUTION = 2_000_000;

	@Override
	public List<Violation> check(History history) {
		Map<String, Tenure> tenures = new HashMap<>();
		Map<String, List<Tenure>> granted = new TreeMap<>();
		for (Event event : history.events()) {
			switch (event.kind()) {
				case ASKED -> tenures.computeIfAbsent(id(event), (id) -> new Tenure(event.hold())).asked(event);
				case STORE_GRANTED -> {
					Tenure tenure = tenures.get(id(event));
					if (tenure != null && tenure.granted(event)) {
						granted.computeIfAbsent(event.lock(), (lock) -> new ArrayList<>()).add(tenure);
					}
				}
				case RENEWED -> {
					Tenure tenure = tenures.get(id(event));
					if (tenure != null) {
						tenure.renewed(event);
					}
				}
				case STORE_RELEASING -> {
					Tenure tenure = tenures.get(id(event));
					if (tenure != null) {
						tenure.released = Math.min(tenure.released, event.at());
					}
				}
				default -> {
				}
			}
		}
		List<Violation> violations = new ArrayList<>();
		granted.forEach((lock, inOrder) -> check(lock, inOrder, violations));
		return violations;
	}

	private static String id(Event event) {
		return event.lock() + " " + event.hold();
	}

	private static void check(String lock, List<Tenure> tenures, List<Violation> violations) {
		tenures.sort(Comparator.comparingLong((tenure) -> tenure.token));
		Tenure next = null;
		Tenure soonest = null;
		for (int i = tenures.size() - 1; i >= 0; i--) {
			Tenure tenure = tenures.get(i);
			long end = Math.min(tenure.end, tenure.released);
			if (next != null && next.answeredAt < end - tenure.lease / 100 - RESOLUTION) {
				violations.add(new Violation("EG", next.answeredAt, end - next.answeredAt, lock,
						"the store granted " + next.owner + " while it kept " + tenure.owner));
			}
			if (soonest != null && soonest.answeredAt < tenure.renewalAskedAt) {
				violations.add(new Violation("RN", tenure.renewedAt, 0, lock,
						"the store renewed for " + tenure.owner + " after it had granted " + soonest.owner));
			}
			next = tenure;
			soonest = (soonest == null || tenure.answeredAt < soonest.answeredAt) ? tenure : soonest;
		}
	}

	/**
	 * What the store said to one owner.
	 */
	private static final class Tenure {

		private final String owner;

		private long askedAt;

		private long lease;

		private long token;

		private long answeredAt = Long.MIN_VALUE;

		private long end = Long.MIN_VALUE;

		private long released = Long.MAX_VALUE;

		private long renewalAskedAt = Long.MIN_VALUE;

		private long renewedAt;

		Tenure(String owner) {
			this.owner = owner;
		}

		void asked(Event event) {
			this.askedAt = event.at();
			this.lease = event.number();
		}

		/**
		 * Takes a grant.
		 * @return whether it is the first one
		 */
		boolean granted(Event event) {
			boolean first = this.answeredAt == Long.MIN_VALUE;
			if (first) {
				this.answeredAt = event.at();
				this.token = event.number();
			}
			this.end = Math.max(this.end, this.askedAt + this.lease);
			return first;
		}

		void renewed(Event event) {
			this.end = Math.max(this.end, event.moment() + event.number());
			if (event.moment() > this.renewalAskedAt) {
				this.renewalAskedAt = event.moment();
				this.renewedAt = event.at();
			}
		}

	}

}
