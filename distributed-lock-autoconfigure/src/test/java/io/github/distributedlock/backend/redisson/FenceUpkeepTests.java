package io.github.distributedlock.backend.redisson;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FenceUpkeepTests {

	private static final long START = -TimeUnit.DAYS.toNanos(1) + 12_345;

	@Test
	void longLeaseKeepsItsFenceWithEachRenewal() {
		assertThat(FenceUpkeep.isDue(60_001, TimeUnit.HOURS.toNanos(6))).isTrue();
	}

	@Test
	void shortLeaseKeepsItsFenceSeveralTimesInHalfADay() {
		long interval = TimeUnit.SECONDS.toNanos(18);
		long renewals = TimeUnit.HOURS.toNanos(12) / interval;
		long due = LongStream.range(0, renewals).filter((i) -> FenceUpkeep.isDue(60_000, START + i * interval)).count();
		assertThat(due).isBetween(3L, 4L);
	}

}
