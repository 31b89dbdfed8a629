package io.github.distributedlock.reliability.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.distributedlock.reliability.check.Checker.Findings;
import io.github.distributedlock.reliability.check.Violation;
import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;
import io.github.distributedlock.reliability.history.Kind;

/**
 * What is counted and measured, over all passes of a run.
 */
public final class Figures {

	/** A process that is starved for less is not known to be. */
	private static final long NOTICEABLE = 20_000_000;

	private final Map<String, Long> counts = new LinkedHashMap<>();

	private final Map<String, List<Long>> times = new TreeMap<>();

	private final TreeSet<String> kinds = new TreeSet<>();

	/**
	 * Adds a pass.
	 * @param history what happened
	 * @param findings what the checker found in it
	 */
	public void add(History history, Findings findings) {
		count("acquisitions", history.holds().stream().filter(Hold::isGranted).count());
		count("calls refused", history.holds().stream().filter((hold) -> !hold.isGranted()).count());
		count("granted by the store", history.events(Kind.STORE_GRANTED).count());
		count("renewals confirmed", history.events(Kind.RENEWED).count());
		count("fenced writes", written(history, "accepted").size());
		count("stale writes refused by the fence", written(history, "refused").size());
		count("stale writes accepted by the fence", number(findings.violations(), "accepted token"));
		count("lost updates behind the fence", lost(history, 2));
		count("lost updates without the fence", lost(history, 1));
		count("losses", history.holds().stream().filter((hold) -> hold.isGranted() && hold.isKnownLost()).count());
		count("faults", history.events(Kind.FAULT).count());
		count("faults with observed effect", history.events(Kind.OBSERVED).count());
		history.events(Kind.OBSERVED).map(Event::text).forEach(this.kinds::add);
		count("overlapping valid leases outside windows", check(findings.violations(), "MX"));
		count("overlapping valid leases inside windows", check(findings.admitted(), "MX"));
		count("violations", findings.violations().size());
		findings.admitted()
			.stream()
			.filter((violation) -> violation.check().equals("MX"))
			.forEach((violation) -> time("overlap inside a window", violation.nanos()));
		handOvers(history);
	}

	private static List<String> written(History history, String start) {
		return history.events(Kind.WROTE).map(Event::text).filter((text) -> text.startsWith(start)).toList();
	}

	private static long lost(History history, int word) {
		return history.events(Kind.WROTE).mapToLong((event) -> Long.parseLong(event.text().split(" ")[word])).sum();
	}

	private static long number(List<Violation> violations, String text) {
		return violations.stream().filter((violation) -> violation.text().contains(text)).count();
	}

	private static long check(List<Violation> violations, String check) {
		return violations.stream().filter((violation) -> violation.check().equals(check)).count();
	}

	/** From one holder to the next, where the next was waiting. */
	private void handOvers(History history) {
		List<Event> faults = history.events(Kind.FAULT).toList();
		for (List<Hold> holds : history.heldByLock().values()) {
			for (int i = 1; i < holds.size(); i++) {
				Hold last = holds.get(i - 1);
				Hold next = holds.get(i);
				if (last.releasing() <= Math.min(last.validUntil(), last.died())) {
					if (next.invoked() < last.releasing() && isQuiet(faults, last.releasing(), next.granted())) {
						handedOver(history, last, next);
					}
				}
				else if (last.died() == Hold.NEVER && next.granted() >= last.validUntil()) {
					time("from loss known to next grant", next.granted() - last.validUntil());
				}
			}
		}
	}

	private void handedOver(History history, Hold last, Hold next) {
		long nanos = next.granted() - last.releasing();
		if (last.process().equals(next.process())) {
			time("next in the same node after a release", nanos);
			return;
		}
		time("next node after a release", nanos);
		if (nanos < NOTICEABLE || Stream.of(last, next)
			.allMatch((hold) -> history.paused(hold.process(), last.releasing(), next.granted()) == 0)) {
			time("next node after a release, no process starved", nanos);
		}
	}

	private static boolean isQuiet(List<Event> faults, long from, long to) {
		return faults.stream().noneMatch((fault) -> fault.at() <= to && from <= fault.moment());
	}

	/**
	 * Counts.
	 * @param what what
	 * @param number how many more
	 */
	public void count(String what, long number) {
		this.counts.merge(what, number, Long::sum);
	}

	/**
	 * Adds a time.
	 * @param what what took it
	 * @param nanos how long
	 */
	public void time(String what, long nanos) {
		this.times.computeIfAbsent(what, (name) -> new ArrayList<>()).add(nanos);
	}

	/**
	 * Returns a count.
	 * @param what what
	 * @return how many
	 */
	public long count(String what) {
		return this.counts.getOrDefault(what, 0L);
	}

	/**
	 * Returns all counts.
	 * @return by name
	 */
	public Map<String, Long> counts() {
		Map<String, Long> all = new LinkedHashMap<>(this.counts);
		all.put("kinds of faults with observed effect", (long) this.kinds.size());
		return all;
	}

	/**
	 * Returns all times.
	 * @return by name
	 */
	public Map<String, Spread> times() {
		Map<String, Spread> spreads = new LinkedHashMap<>();
		this.times.forEach((name, values) -> spreads.put(name, Spread.of(values)));
		return spreads;
	}

	/**
	 * How times are spread, in milliseconds.
	 *
	 * @param count how many
	 * @param min the smallest
	 * @param p50 the median
	 * @param p99 what 99 % do not exceed
	 * @param max the largest
	 */
	public record Spread(int count, double min, double p50, double p99, double max) {

		static Spread of(List<Long> nanos) {
			List<Long> sorted = new ArrayList<>(nanos);
			Collections.sort(sorted);
			return new Spread(sorted.size(), at(sorted, 0), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
		}

		private static double at(List<Long> sorted, double share) {
			int index = (int) Math.ceil(share * sorted.size()) - 1;
			return Math.round(sorted.get(Math.max(0, index)) / 1000.0) / 1000.0;
		}

	}

}
