package io.github.distributedlock.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/**
 * One chart for each thing that was measured of several contestants.
 */
final class BarCharts {

	private static final int WIDTH = 900;

	private static final int BAR = 34;

	private static final Color OURS = new Color(0x1f6f43);

	private BarCharts() {
	}

	static void write(Findings findings, Path directory) throws IOException {
		Map<String, List<Figure>> byMetric = new LinkedHashMap<>();
		for (Figure figure : findings.figures()) {
			byMetric.computeIfAbsent(figure.metric(), (metric) -> new ArrayList<>()).add(figure);
		}
		for (List<Figure> figures : byMetric.values()) {
			if (figures.size() > 1) {
				String metric = figures.get(0).metric();
				String file = findings.scenario() + "-"
						+ metric.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
				ChartEncoder.saveChart(chart(findings.title(), figures), directory.resolve(file).toString(), "svg");
			}
		}
	}

	private static HorizontalBarChart chart(String title, List<Figure> figures) {
		Figure first = figures.get(0);
		HorizontalBarChart chart = new HorizontalBarChartBuilder().width(WIDTH)
			.height(140 + BAR * figures.size())
			.title(title)
			.xAxisTitle(first.metric() + ", " + first.unit())
			.build();
		chart.getStyler().setLegendVisible(false);
		chart.getStyler().setLabelsVisible(false);
		chart.getStyler().setXAxisTickMarkSpacingHint(BAR / 2);
		chart.getStyler().setChartBackgroundColor(Color.WHITE);
		chart.getStyler().setSeriesColors(new Color[] { OURS });
		chart.getStyler().setXAxisMin(0.0);
		chart.addSeries(first.metric(), figures.stream().map(Figure::median).toList(),
				figures.stream()
					.map((figure) -> figure.contestant() + "  " + MarkdownTable.number(figure.median()))
					.toList());
		return chart;
	}

}
