package io.github.distributedlock.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where a scenario notes what it measures, run after run.
 */
public final class Sheet {

	private final Map<String, Figure> figures = new LinkedHashMap<>();

	private final List<Ratio> ratios = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * Notes a value of one run.
	 * @param contestant what was measured
	 * @param metric what of it
	 * @param unit its unit
	 * @param value the value
	 */
	public void add(String contestant, String metric, String unit, double value) {
		this.figures
			.computeIfAbsent(contestant + "\n" + metric,
					(name) -> new Figure(contestant, metric, unit, new ArrayList<>()))
			.runs()
			.add(value);
	}

	/**
	 * Compares two contestants, run by run.
	 * @param metric what is compared
	 * @param of the contestant
	 * @param against the other one
	 * @param target what the ratio should be, if anything
	 */
	public void ratio(String metric, String of, String against, @Nullable Target target) {
		ratio(metric, of, metric, against, metric, target);
	}

	/**
	 * Compares two metrics, run by run; nothing if one of them was not measured.
	 * @param title what is compared
	 * @param of the contestant
	 * @param metric what of it
	 * @param against the other one
	 * @param otherMetric what of that
	 * @param target what the ratio should be, if anything
	 */
	public void ratio(String title, String of, String metric, String against, String otherMetric,
			@Nullable Target target) {
		Figure one = this.figures.get(of + "\n" + metric);
		Figure other = this.figures.get(against + "\n" + otherMetric);
		if (one == null || other == null) {
			return;
		}
		List<Double> runs = new ArrayList<>();
		for (int i = 0; i < Math.min(one.runs().size(), other.runs().size()); i++) {
			runs.add(one.runs().get(i) / other.runs().get(i));
		}
		this.ratios.add(new Ratio(title, of, (against.equals(of)) ? otherMetric : against, runs, target));
	}

	/**
	 * Holds a value against its target.
	 * @param metric what of it
	 * @param of the contestant
	 * @param target what the value should be
	 */
	public void value(String metric, String of, Target target) {
		Figure figure = this.figures.get(of + "\n" + metric);
		if (figure != null) {
			this.ratios.add(new Ratio(metric, of, null, List.copyOf(figure.runs()), target));
		}
	}

	/**
	 * Notes something that is no number.
	 * @param note a sentence
	 */
	public void note(String note) {
		if (!this.notes.contains(note)) {
			this.notes.add(note);
		}
	}

	/**
	 * Returns everything noted so far.
	 * @param scenario the scenario's name
	 * @param title what it does
	 * @return the findings
	 */
	public Findings findings(String scenario, String title) {
		return new Findings(scenario, title, List.copyOf(this.figures.values()), List.copyOf(this.ratios),
				List.copyOf(this.notes));
	}

}
