package io.github.distributedlock.engine;

import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.WithdrawRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers whose wait ends before the lock is theirs, or in the same instant.
 */
class LeavingTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void lastCallerWhoLeavesWithdrawsTheNode() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		this.store.acquire().contended();
		first.leaves();
		this.store.assertQuiet();
		second.leaves();
		this.store.withdrawal().done();
		this.story.assertOver();
	}

	@Test
	void lastCallerWhoseWaitEndsWithdrawsTheNode() {
		this.story.caller().waits(500).arrives();
		this.store.acquire().contended();
		this.story.pass(500);
		this.store.withdrawal().done();
		this.story.assertOver();
	}

	@Test
	void callerWhoLeavesWhileTheNodeAsksWithdrawsItAfterTheAnswer() {
		Caller caller = this.story.arrives();
		caller.leaves();
		AcquireRequest acquire = this.store.acquire();
		this.store.assertQuiet();
		acquire.contended();
		this.store.withdrawal().done();
		this.story.assertOver();
	}

	@Test
	void nodeWithdrawsAfterAnAttemptOfUnknownOutcome() {
		Caller caller = this.story.arrives();
		this.store.acquire().unavailable(true);
		caller.assertUnavailable();
		this.store.withdrawal().done();
	}

	@Test
	void nodeDoesNotWithdrawAfterAnAttemptThatSurelyDidNotHappen() {
		Caller caller = this.story.arrives();
		this.store.acquire().unavailable(false);
		caller.assertUnavailable();
		this.story.assertOver();
	}

	@Test
	void nodeAsksAgainOnlyAfterItsWithdrawalIsAnswered() {
		Caller first = this.story.arrives();
		this.store.acquire().contended();
		first.leaves();
		WithdrawRequest withdrawal = this.store.withdrawal();
		Caller second = this.story.arrives();
		this.store.assertQuiet();
		withdrawal.done();
		this.store.acquire().grant();
		assertThat(second.holds()).isTrue();
	}

	@Test
	void grantGoesToTheNextCallerWhenTheFirstLeftBefore() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		assertThat(first.leaves()).isTrue();
		this.store.acquire().grant();
		assertThat(first.outcome()).isInstanceOf(Outcome.Cancelled.class);
		assertThat(second.holds()).isTrue();
	}

	@Test
	void grantThatNobodyWantsAnyMoreIsReleased() {
		Caller caller = this.story.arrives();
		caller.leaves();
		String owner = this.store.acquire().grant();
		var release = this.store.release();
		assertThat(release.owner).isEqualTo(owner);
		release.released();
		this.story.assertOver();
	}

	@Test
	void callerWhoLeavesTooLateHasTheLock() {
		Caller caller = this.story.holds();
		assertThat(caller.leaves()).isFalse();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void callerHasTheLockWhenTheGrantComesJustBeforeTheWaitEnds() {
		Caller caller = this.story.caller().waits(500).arrives();
		this.store.acquire().contended();
		this.story.pass(499);
		this.story.yourTurn();
		this.store.acquire().grant();
		this.story.pass(1);
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void grantIsReleasedWhenTheWaitEndsJustBeforeIt() {
		Caller caller = this.story.caller().waits(500).arrives();
		this.store.acquire().contended();
		this.story.pass(499);
		this.story.yourTurn();
		AcquireRequest acquire = this.store.acquire();
		this.story.pass(1);
		caller.assertContended();
		acquire.grant();
		this.store.release().released();
		this.story.assertOver();
	}

	@Test
	void turnThatNobodyHereWantsIsPassedOn() {
		this.story.yourTurn();
		this.store.withdrawal().done();
		this.story.assertOver();
	}

}
