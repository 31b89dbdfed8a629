package io.github.distributedlock.reliability.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.distributedlock.reliability.report.Figures.Spread;

/**
 * What is promised, and what was seen of it.
 */
final class Summary {

	private final Map<String, Long> counts;

	private final Map<String, Spread> times;

	private final List<SubjectOutcome> subjects;

	private final StringBuilder text = new StringBuilder("| | promised | seen |\n|---|---:|---:|\n");

	private boolean kept = true;

	Summary(Map<String, Long> counts, Map<String, Spread> times, List<SubjectOutcome> subjects) {
		this.counts = counts;
		this.times = times;
		this.subjects = subjects;
	}

	/**
	 * Returns the table. What was not seen has no row.
	 */
	String markdown() {
		none("overlapping valid leases outside windows", "", "");
		none("stale writes accepted by the fence", "it refused", "stale writes refused by the fence");
		none("lost updates behind the fence", "without it", "lost updates without the fence");
		longest("takeover after SIGKILL", "next holder after a SIGKILL", "p99", Spread::p99, 1700);
		longest("next node after a release", "next node after a release", "p99", Spread::p99, 50);
		longest("next node after a release, no process starved", "the same while the machine starved no process", "p99",
				Spread::p99, 50);
		longest("first answer, server killed", "first answer after the server was killed", "max", Spread::max, 1500);
		longest("first answer, server stopped", "first answer after the server was stopped", "max", Spread::max, 1500);
		longest("slowest answer, connection half-open", "slowest answer on a connection gone silent", "max",
				Spread::max, 1500);
		Spread margin = this.times.get("from loss known to next grant");
		if (margin != null) {
			row("smallest time from a known loss to the next grant", "> 0 ms", ms(margin.min()), margin.min() > 0);
		}
		long controls = this.subjects.stream().filter(SubjectOutcome::control).count();
		long found = this.subjects.stream()
			.filter(SubjectOutcome::control)
			.filter(SubjectOutcome::isAsExpected)
			.count();
		if (controls > 0) {
			row("broken locks found, in each series", "" + controls, "" + found, found == controls);
		}
		return this.text.toString();
	}

	private void none(String what, String beside, String other) {
		Long seen = this.counts.get(what);
		if (seen != null) {
			Long compared = this.counts.get(other);
			row(what, "0", seen + ((compared != null) ? " (" + beside + " " + compared + ")" : ""), seen == 0);
		}
	}

	private void longest(String name, String what, String share, ToDoubleFunction<Spread> value, double bound) {
		Spread spread = this.times.get(name);
		if (spread != null) {
			double seen = value.applyAsDouble(spread);
			row(what + ", " + share + " of " + spread.count(), "≤ " + Math.round(bound) + " ms", ms(seen),
					seen <= bound);
		}
	}

	/**
	 * Returns whether every row was as promised, once the table was made.
	 */
	boolean isKept() {
		return this.kept;
	}

	private void row(String what, String promised, String seen, boolean kept) {
		this.kept &= kept;
		this.text.append("| " + what + " | " + promised + " | " + seen + ((kept) ? "" : " **missed**") + " |\n");
	}

	private static String ms(double millis) {
		return String.format(Locale.ROOT, "%.1f ms", millis);
	}

}
