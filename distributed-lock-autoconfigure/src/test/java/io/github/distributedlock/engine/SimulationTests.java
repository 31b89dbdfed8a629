package io.github.distributedlock.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of several nodes that compete over a bad network. Whatever happens,
 * valid leases do not overlap, tokens rise, everybody is answered in time, and nothing is
 * left behind.
 */
class SimulationTests {

	private static final int SEEDS = Integer.getInteger("distributed-lock.test.seeds", 3000);

	@Test
	void everyPromiseHoldsUnderRandomSchedules() {
		long granted = 0;
		long lost = 0;
		long unavailable = 0;
		long unprotected = 0;
		long robberies = 0;
		for (long seed = 0; seed < SEEDS; seed++) {
			Simulation run = new Simulation(seed);
			run.run();
			granted += run.granted;
			lost += run.lost;
			unavailable += run.unavailable;
			unprotected += run.unprotected;
			robberies += run.robberies;
		}
		assertThat(granted).as("leases granted").isGreaterThan(SEEDS * 10L);
		assertThat(lost).as("leases lost").isGreaterThan(SEEDS / 10L);
		assertThat(unavailable).as("callers told that the store is out").isGreaterThan(SEEDS / 10L);
		assertThat(unprotected).as("leases without protection").isGreaterThan(SEEDS / 100L);
		assertThat(robberies).as("records removed under their holders").isGreaterThan(SEEDS / 10L);
	}

}
