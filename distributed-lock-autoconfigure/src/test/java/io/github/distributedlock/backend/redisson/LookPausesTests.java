package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LookPausesTests {

	private final LookPauses pauses = new LookPauses();

	private List<Long> next(int count, boolean well, boolean quiet) {
		return IntStream.range(0, count).mapToObj((i) -> this.pauses.next(well, quiet).toMillis()).toList();
	}

	@Test
	void looksComeEachHalfASecondAtLeastWhileSomethingIsWrong() {
		assertThat(next(7, false, false)).containsExactly(50L, 100L, 200L, 400L, 500L, 500L, 500L);
	}

	@Test
	void looksComeEachMinuteInTheEndWhereShardsMayChange() {
		assertThat(next(13, true, false)).startsWith(50L, 100L, 200L).endsWith(51_200L, 60_000L, 60_000L);
	}

	@Test
	void quietServersRestForAMinuteAtOnce() {
		assertThat(next(2, true, true)).containsExactly(60_000L, 60_000L);
	}

	@Test
	void looksComeEachHalfASecondWhileThereAreNoLocks() {
		assertThat(next(2, false, true)).containsExactly(500L, 500L);
	}

	@Test
	void whatGoesWrongAfterALongRestIsLookedAtEachHalfASecond() {
		next(20, true, false);
		assertThat(next(2, false, false)).containsExactly(500L, 500L);
	}

	@Test
	void looksComeSoonAgainAfterAFailure() {
		next(20, true, false);
		this.pauses.restart();
		assertThat(next(3, true, false)).containsExactly(50L, 100L, 200L);
	}

	@Test
	void rhythmGoesOnAfterAQuietRest() {
		next(2, true, false);
		assertThat(this.pauses.next(true, true)).isEqualTo(Duration.ofMinutes(1));
		assertThat(next(2, true, false)).containsExactly(200L, 400L);
	}

}
