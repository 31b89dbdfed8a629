package io.github.distributedlock.reliability.report;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the checker found in something else than the product, under the same load and the
 * same faults.
 *
 * @param name what was tested
 * @param control whether it is broken on purpose, so that the checker must find it
 * @param sound whether nothing is wrong with it, so that the checker must find nothing
 * @param seeds how many runs
 * @param caught in how many the checker found something
 * @param seconds the median time until then, or {@code null}
 * @param checks which checks found something
 * @param acquisitions how often its locks were held
 * @param overlaps how often two held one lock, and neither had been told
 * @param admitted how often that was inside a documented window
 * @param lostUpdates changes that were overwritten at the resource
 * @param silentLosses how often work returned although somebody else had held the lock
 */
public record SubjectOutcome(String name, boolean control, boolean sound, int seeds, int caught,
		@Nullable Double seconds, List<String> checks, long acquisitions, long overlaps, long admitted,
		long lostUpdates, long silentLosses) {

	static final String HEADER = """

			## Broken locks, and those of others

			Each has locks of its own, under the same load and through the same series of faults. *Found* is in how many
			series the checker found something that must not be, and when, in the median. *Controls* are broken on
			purpose, and must be found; the one that is not broken must not. *Silent losses* are pieces of work that
			returned as if nothing had been, although somebody else had held the lock.

			| | found | median s | by | held | overlaps | in windows | lost updates | silent losses |
			|---|---:|---:|---|---:|---:|---:|---:|---:|
			""";

	String row() {
		return String.format(Locale.ROOT, "| %s | %d/%d | %s | %s | %d | %d | %d | %d | %d |%n", this.name, this.caught,
				this.seeds, (this.seconds != null) ? String.format(Locale.ROOT, "%.1f", this.seconds) : "",
				String.join(" ", this.checks), this.acquisitions, this.overlaps, this.admitted, this.lostUpdates,
				this.silentLosses);
	}

	boolean isAsExpected() {
		return (this.control) ? this.caught == this.seeds : (!this.sound || this.caught == 0);
	}

}
