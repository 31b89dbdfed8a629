package io.github.distributedlock.benchmarks.report;

import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Findings as people read them.
 */
public final class MarkdownTable {

	private MarkdownTable() {
	}

	static String of(Report report) {
		Machine machine = report.machine();
		StringBuilder text = new StringBuilder();
		text.append("%d cores (%s), %s, %s, Redis %s, %.0f %% busy before%n%s%nMedian of %d runs%n".formatted(
				machine.cores(), machine.processor(), machine.system(), machine.java(), machine.redis(),
				machine.busy() * 100, String.join(", ", machine.libraries()), report.rounds()));
		report.findings().forEach((findings) -> text.append("\n").append(of(findings)));
		return text.toString();
	}

	/**
	 * Returns what came out of one scenario.
	 * @param findings what came out
	 * @return headings and tables
	 */
	public static String of(Findings findings) {
		StringBuilder text = new StringBuilder("## %s: %s%n".formatted(findings.scenario(), findings.title()));
		if (!findings.ratios().isEmpty()) {
			text.append("\n| | of | against | ratio | runs | wanted | |\n|---|---|---|---|---|---|---|\n");
			for (Ratio ratio : findings.ratios()) {
				Boolean met = ratio.met();
				text.append("| %s | %s | %s | **%s** | %s to %s | %s | %s |%n".formatted(ratio.metric(), ratio.of(),
						Objects.requireNonNullElse(ratio.against(), "–"), number(ratio.median()),
						number(ratio.runs().stream().mapToDouble(Double::doubleValue).min().orElse(0)),
						number(ratio.runs().stream().mapToDouble(Double::doubleValue).max().orElse(0)),
						target(ratio.target()), (met == null) ? "" : (met) ? "yes" : "**no**"));
			}
		}
		text.append("\n| | | median | unit |\n|---|---|---|---|\n");
		for (Figure figure : findings.figures()) {
			text.append("| %s | %s | %s | %s |%n".formatted(figure.contestant(), figure.metric(),
					number(figure.median()), figure.unit()));
		}
		findings.notes().forEach((note) -> text.append("\n* ").append(note));
		return text.append("\n").toString();
	}

	private static String target(@Nullable Target target) {
		return (target == null) ? "" : ((target.least()) ? "≥ " : "≤ ") + number(target.value());
	}

	static String number(double value) {
		double size = Math.abs(value);
		String format = (size >= 100) ? "%,.0f" : (size >= 10) ? "%.1f" : (size >= 0.1 || size == 0) ? "%.2f" : "%.4f";
		return String.format(Locale.ROOT, format, value);
	}

}
