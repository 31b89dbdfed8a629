package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.reliability.check.Checker.Findings;
import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Kind;

/**
 * A history made by hand, of one lock. Times are in milliseconds; leases take 1500.
 */
final class Story {

	private static final long MILLI = 1_000_000;

	static final long LEASE = 1500;

	private final List<Event> events = new ArrayList<>();

	Story add(long at, String process, Kind kind, String hold, long number, long moment, String text) {
		this.events.add(new Event(at * MILLI, process, kind, "orders", hold, number, moment, text));
		return this;
	}

	Story invoked(long at, String hold, long wait) {
		return add(at, hold.substring(0, 1), Kind.INVOKED, hold, LEASE * MILLI, wait * MILLI, "");
	}

	Story granted(long at, String hold, long token) {
		return add(at, hold.substring(0, 1), Kind.GRANTED, hold, token, (at + LEASE) * MILLI, "protected");
	}

	Story checked(long at, String hold, boolean valid) {
		return add(at, hold.substring(0, 1), Kind.CHECKED, hold, 0, (at + LEASE) * MILLI, valid ? "valid" : "invalid");
	}

	Story told(long at, String hold) {
		return add(at, hold.substring(0, 1), Kind.TOLD, hold, 0, 0, "");
	}

	Story released(long at, String hold, String outcome) {
		add(at, hold.substring(0, 1), Kind.RELEASING, hold, 0, 0, "valid");
		return ended(at + 1, hold, outcome);
	}

	Story ended(long at, String hold, String outcome) {
		return add(at, hold.substring(0, 1), Kind.ENDED, hold, 0, 0, outcome);
	}

	Story held(long from, long to, String hold, long token) {
		return invoked(from - 1, hold, 5000).granted(from, hold, token).released(to, hold, "returned");
	}

	Story asked(long at, String owner) {
		return add(at, owner.substring(0, 1), Kind.ASKED, owner, LEASE * MILLI, 0, "");
	}

	Story storeGranted(long at, String owner, long token) {
		return add(at, owner.substring(0, 1), Kind.STORE_GRANTED, owner, token, 0, "");
	}

	Story renewed(long askedAt, long at, String owner) {
		return add(at, owner.substring(0, 1), Kind.RENEWED, owner, LEASE * MILLI, askedAt * MILLI, "");
	}

	Story storeReleasing(long at, String owner) {
		return add(at, owner.substring(0, 1), Kind.STORE_RELEASING, owner, 0, 0, "");
	}

	Story wrote(long at, String hold, long token, String text) {
		return add(at, "resource", Kind.WROTE, hold, token, 0, text);
	}

	Story fault(long from, long to, String admits) {
		this.events.add(new Event(from * MILLI, "supervisor", Kind.FAULT, "", admits, 0, to * MILLI, "fault"));
		return this;
	}

	Story resumed(long pausedAt, long at, String process) {
		this.events.add(new Event(at * MILLI, process, Kind.RESUMED, "", "", (at - pausedAt) * MILLI, 0, ""));
		return this;
	}

	Story process(long at, String process, Kind kind) {
		this.events.add(new Event(at * MILLI, process, kind, "", "", 0, 0, ""));
		return this;
	}

	Findings check() {
		return Checker.check(History.of(this.events));
	}

	List<String> violations() {
		return check().violations().stream().map(Violation::check).distinct().toList();
	}

}
