package io.github.distributedlock.engine;

import io.github.distributedlock.backend.Tokens;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store whose tokens go back is refused: nobody works with a token that could be taken
 * for an earlier holder's, and nothing fails open.
 */
class OldTokenTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void grantWithATokenThatWasGivenBeforeIsRefusedAndReleased() {
		endHold(new Tokens(100, 1));
		for (long old : new long[] { 1, 99, 100 }) {
			Caller next = this.story.caller().failsOpen().arrives();
			String owner = this.store.acquire().grant(new Tokens(old, 1), 0);
			next.assertRefused();
			this.story.pass(1);
			ReleaseRequest release = this.store.release();
			assertThat(release.owner).isEqualTo(owner);
			release.released();
		}
		Caller last = this.story.arrives();
		this.store.acquire().grant(new Tokens(101, 1), 0);
		assertThat(last.token()).isEqualTo(101);
	}

	@Test
	void grantWithATokenOfAnEarlierReservationIsRefused() {
		endHold(new Tokens(100, 10));
		Caller next = this.story.arrives();
		this.store.acquire().grant(new Tokens(105, 10), 0);
		next.assertRefused();
	}

	@Test
	void grantWithAnOldTokenIsRefusedAfterAHoldOfWhichOnlyTheLeaseWasKept() {
		Caller first = this.story.arrives();
		this.store.acquire().grant(new Tokens(100, 10), 0);
		this.story.pass(5000);
		first.releases();
		this.store.release().released();
		Caller next = this.story.arrives();
		this.store.acquire().grant(new Tokens(105, 10), 0);
		next.assertRefused();
	}

	@Test
	void everybodyWhoWaitsIsTold() {
		endHold(new Tokens(100, 1));
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		this.store.acquire().grant(new Tokens(100, 1), 0);
		first.assertRefused();
		second.assertRefused();
	}

	@Test
	void topUpWithAnOldTokenIsRefusedAndEndsTheOwner() {
		Caller first = this.story.arrives();
		String owner = this.store.acquire().grant(new Tokens(100, 1), 0);
		Caller second = this.story.arrives();
		first.releases();
		this.store.renewal().renewed(new Tokens(100, 1));
		second.assertRefused();
		this.story.pass(1);
		assertThat(this.store.release().owner).isEqualTo(owner);
	}

	@Test
	void tokensThatRiseByMoreThanOneAreFine() {
		endHold(new Tokens(100, 1));
		endHold(new Tokens(1_000_000, 1));
	}

	private void endHold(Tokens tokens) {
		Caller first = this.story.arrives();
		this.store.acquire().grant(tokens, 0);
		assertThat(first.holds()).isTrue();
		first.releases();
		this.store.release().released();
	}

}
