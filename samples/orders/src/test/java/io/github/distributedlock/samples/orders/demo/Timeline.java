package io.github.distributedlock.samples.orders.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Draws when each visit waited and when it was served.
 *
 * @param from the moment of the first column
 * @param column how long a column lasts
 */
record Timeline(Instant from, Duration column) {

	private static final int COLUMNS = 32;

	static Timeline of(List<Visit> visits) {
		Instant from = visits.stream().map(Visit::asked).min(Comparator.naturalOrder()).orElseThrow();
		Instant to = visits.stream()
			.map((visit) -> visit.receipt().ended())
			.max(Comparator.naturalOrder())
			.orElseThrow();
		return new Timeline(from, Duration.between(from, to).dividedBy(COLUMNS - 1).plusNanos(1));
	}

	String draw(Visit visit) {
		int asked = columnOf(visit.asked());
		int begun = columnOf(visit.receipt().begun());
		int ended = Math.max(begun + 1, columnOf(visit.receipt().ended()));
		return " ".repeat(asked) + ".".repeat(begun - asked) + "#".repeat(ended - begun)
				+ " ".repeat(Math.max(0, COLUMNS - ended));
	}

	private int columnOf(Instant moment) {
		return (int) Duration.between(this.from, moment).dividedBy(this.column);
	}

}
