package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which threads may stay awake while they wait.
 */
class VigilTests {

	private final Vigil vigil = new Vigil(new Semaphore(2));

	private long now = System.nanoTime();

	private void yieldTakes(Duration time) {
		long before = this.now;
		pass(time);
		this.vigil.yielded(before, this.now);
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private Duration closed() {
		long from = this.now;
		while (!this.vigil.isOpen(this.now)) {
			pass(Duration.ofMillis(1));
		}
		return Duration.ofNanos(this.now - from);
	}

	@Test
	void asManyAsThereArePlacesMayStayAwake() {
		assertThat(this.vigil.enter(this.now)).isTrue();
		assertThat(this.vigil.isOpen(this.now)).isTrue();
		assertThat(this.vigil.enter(this.now)).isTrue();
		assertThat(this.vigil.isOpen(this.now)).isFalse();
		assertThat(this.vigil.enter(this.now)).isFalse();
	}

	@Test
	void whoeverLeavesMakesRoom() {
		this.vigil.enter(this.now);
		this.vigil.enter(this.now);
		this.vigil.leave();
		assertThat(this.vigil.enter(this.now)).isTrue();
	}

	@Test
	void processorThatComesBackSoonIsNotNeededByOthers() {
		yieldTakes(Duration.ofNanos(900_000));
		assertThat(this.vigil.enter(this.now)).isTrue();
	}

	@Test
	void nobodyStaysAwakeWhileOthersNeedTheProcessors() {
		yieldTakes(Duration.ofMillis(3));
		assertThat(this.vigil.enter(this.now)).isFalse();
		assertThat(closed()).isEqualTo(Duration.ofMillis(10));
		assertThat(this.vigil.enter(this.now)).isTrue();
	}

	@Test
	void pauseDoublesEachTimeThatOthersNeedTheProcessorsAgainSoon() {
		yieldTakes(Duration.ofMillis(3));
		assertThat(closed()).isEqualTo(Duration.ofMillis(10));
		yieldTakes(Duration.ofMillis(3));
		assertThat(closed()).isEqualTo(Duration.ofMillis(20));
		yieldTakes(Duration.ofMillis(3));
		assertThat(closed()).isEqualTo(Duration.ofMillis(40));
	}

	@Test
	void pauseIsNeverLongerThanASecond() {
		for (int i = 0; i < 20; i++) {
			yieldTakes(Duration.ofMillis(3));
			closed();
		}
		yieldTakes(Duration.ofMillis(3));
		assertThat(closed()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void pauseIsShortAgainWhenOthersHaveNotNeededTheProcessorsForAWhile() {
		yieldTakes(Duration.ofMillis(3));
		closed();
		yieldTakes(Duration.ofMillis(3));
		closed();
		pass(Duration.ofMillis(20));
		yieldTakes(Duration.ofMillis(3));
		assertThat(closed()).isEqualTo(Duration.ofMillis(10));
	}

	@Test
	void whatSeveralThreadsWaitForCountsOnce() {
		long before = this.now;
		pass(Duration.ofMillis(3));
		for (int thread = 0; thread < 8; thread++) {
			this.vigil.yielded(before, this.now);
		}
		assertThat(closed()).isEqualTo(Duration.ofMillis(10));
	}

}
