package io.github.distributedlock.engine;

import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of several nodes that compete over a bad network. Whatever happens,
 * valid leases do not overlap, tokens rise, everybody is answered in time, and nothing is
 * left behind.
 */
class SimulationTests {

	private static final int SEEDS = Integer.getInteger("distributed-lock.test.seeds", 3000);

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@BeforeEach
	void silence() {
		this.logging.setLogLevel(getClass().getPackageName(), LogLevel.OFF);
	}

	@AfterEach
	void speak() {
		this.logging.setLogLevel(getClass().getPackageName(), null);
	}

	@Test
	void everyPromiseHoldsUnderRandomSchedules() {
		Totals totals = LongStream.range(0, SEEDS)
			.parallel()
			.mapToObj(SimulationTests::run)
			.reduce(new Totals(0, 0, 0, 0, 0), Totals::plus);
		assertThat(totals.granted).as("leases granted").isGreaterThan(SEEDS * 10L);
		assertThat(totals.lost).as("leases lost").isGreaterThan(SEEDS / 10L);
		assertThat(totals.unavailable).as("callers told that the store is out").isGreaterThan(SEEDS / 10L);
		assertThat(totals.unprotected).as("leases without protection").isGreaterThan(SEEDS / 100L);
		assertThat(totals.robberies).as("records removed under their holders").isGreaterThan(SEEDS / 10L);
	}

	private static Totals run(long seed) {
		Simulation run = new Simulation(seed);
		run.run();
		return new Totals(run.granted, run.lost, run.unavailable, run.unprotected, run.robberies);
	}

	private record Totals(long granted, long lost, long unavailable, long unprotected, long robberies) {

		Totals plus(Totals other) {
			return new Totals(this.granted + other.granted, this.lost + other.lost,
					this.unavailable + other.unavailable, this.unprotected + other.unprotected,
					this.robberies + other.robberies);
		}

	}

}
