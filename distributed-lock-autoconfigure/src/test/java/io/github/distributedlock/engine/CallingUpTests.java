package io.github.distributedlock.engine;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Who stays awake because its turn comes soon.
 */
class CallingUpTests {

	private final Story story = new Story();

	@BeforeAll
	static void moreThanOneProcessor() {
		assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
	}

	private void secondHoldsAfterABriefTurn() {
		Caller first = this.story.arrives();
		this.story.arrives();
		this.story.store().acquire().grant(2, 0);
		first.releases();
	}

	@Test
	void nextInLineIsCalledUpWhenTheLastTurnWasBrief() {
		Caller first = this.story.arrives();
		this.story.arrives();
		Caller third = this.story.arrives();
		Caller fourth = this.story.arrives();
		this.story.store().acquire().grant(4, 0);
		assertThat(third.isCalledUp()).isFalse();
		first.releases();
		assertThat(third.isCalledUp()).isTrue();
		assertThat(fourth.isCalledUp()).isFalse();
	}

	@Test
	void nobodyIsCalledUpWhenTheLastTurnWasLong() {
		Caller first = this.story.arrives();
		this.story.arrives();
		Caller third = this.story.arrives();
		this.story.store().acquire().grant(3, 0);
		this.story.pass(1);
		first.releases();
		assertThat(third.isCalledUp()).isFalse();
	}

	@Test
	void whoeverArrivesNextBehindAHolderIsCalledUpWhenTheLastTurnWasBrief() {
		secondHoldsAfterABriefTurn();
		Caller third = this.story.arrives();
		Caller fourth = this.story.arrives();
		assertThat(third.isCalledUp()).isTrue();
		assertThat(fourth.isCalledUp()).isFalse();
	}

	@Test
	void nobodyIsCalledUpWhenEachTurnIsAskedForAtTheStore() {
		Story apart = new Story(false);
		Caller first = apart.arrives();
		apart.arrives();
		Caller third = apart.arrives();
		apart.store().acquire().grant(1, 0);
		first.releases();
		apart.store().release().released();
		apart.store().acquire().grant(1, 0);
		assertThat(third.isCalledUp()).isFalse();
	}

	@Test
	void whoeverArrivesBehindALongHolderIsNotCalledUp() {
		secondHoldsAfterABriefTurn();
		this.story.pass(1);
		assertThat(this.story.arrives().isCalledUp()).isFalse();
	}

	@Test
	void whoeverArrivesIsNotCalledUpWhenEachTurnIsAskedForAtTheStore() {
		Story apart = new Story(false);
		Caller first = apart.arrives();
		apart.arrives();
		apart.store().acquire().grant(1, 0);
		first.releases();
		apart.store().release().released();
		apart.store().acquire().grant(1, 0);
		assertThat(apart.arrives().isCalledUp()).isFalse();
	}

}
