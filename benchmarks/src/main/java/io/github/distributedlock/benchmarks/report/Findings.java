package io.github.distributedlock.benchmarks.report;

import java.util.List;

/**
 * What came out of one scenario.
 *
 * @param scenario its name
 * @param title what it does
 * @param figures what was measured
 * @param ratios who is ahead
 * @param notes what else there is to say
 */
public record Findings(String scenario, String title, List<Figure> figures, List<Ratio> ratios, List<String> notes) {
}
