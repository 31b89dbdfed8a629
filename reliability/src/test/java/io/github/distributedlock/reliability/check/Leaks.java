package io.github.distributedlock.reliability.check;

import java.util.List;

import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Kind;

/**
 * LK: when all is over, no thread, record, queue, connection or subscription is left.
 */
final class Leaks implements Check {

	@Override
	public List<Violation> check(History history) {
		return history.events(Kind.LEAKED)
			.map((event) -> new Violation("LK", event.at(), 0, event.lock(), event.process() + ": " + event.text()))
			.toList();
	}

}
