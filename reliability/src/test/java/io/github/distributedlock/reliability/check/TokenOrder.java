package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;
import io.github.distributedlock.reliability.history.Kind;

/**
 * TK: tokens are unique, rise in the order of the grants, and stay the same on re-entry.
 */
final class TokenOrder implements Check {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.heldByLock().forEach((lock, holds) -> order(lock, holds, violations));
		Map<String, Long> tokens = history.holds()
			.stream()
			.filter(Hold::isProtected)
			.collect(Collectors.toMap(Hold::id, Hold::token, Math::max, HashMap::new));
		history.events(Kind.REENTERED)
			.filter((event) -> event.number() != tokens.getOrDefault(event.hold(), event.number()))
			.forEach((event) -> violations.add(raised(event)));
		return violations;
	}

	private static Violation raised(Event event) {
		return new Violation("TK", event.at(), 0, event.lock(),
				event.hold() + " got another token on re-entry: " + event.number());
	}

	/**
	 * In the order of their tokens, there must be a moment for each grant between its
	 * question and its answer.
	 */
	private static void order(String lock, List<Hold> holds, List<Violation> violations) {
		List<Hold> sorted = holds.stream()
			.filter((hold) -> hold.token() != 0)
			.sorted(Comparator.comparingLong(Hold::token))
			.toList();
		long moment = Long.MIN_VALUE;
		Hold last = null;
		for (Hold hold : sorted) {
			if (last != null && hold.token() == last.token()) {
				violations.add(new Violation("TK", Math.max(hold.granted(), last.granted()), 0, lock,
						hold + " and " + last + " have the same token"));
			}
			if (last != null && moment > hold.granted()) {
				violations.add(new Violation("TK", moment, 0, lock,
						last + " has the smaller token, but was asked for after " + hold + " was granted"));
			}
			if (last == null || hold.invoked() > moment) {
				moment = hold.invoked();
				last = hold;
			}
		}
	}

}
