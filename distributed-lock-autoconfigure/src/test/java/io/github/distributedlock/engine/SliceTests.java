package io.github.distributedlock.engine;

import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a lock goes to other nodes although callers here still wait.
 */
class SliceTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void lockStaysHereWithinTheSliceWhenAnotherNodeWaits() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		String owner = this.store.acquire().grant(3, 0);
		this.story.wanted(owner);
		this.story.pass(9);
		first.releases();
		assertThat(second.holds()).isTrue();
		this.store.assertQuiet();
	}

	@Test
	void releasePassesTheLockOnAndRegistersThisNodeAgainWhenTheSliceIsOver() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		String owner = this.store.acquire().grant(3, 0);
		this.story.wanted(owner);
		this.story.pass(10);
		first.releases();
		ReleaseRequest release = this.store.release();
		assertThat(release.owner).isEqualTo(owner);
		assertThat(release.rejoin).isTrue();
		release.released();
		assertThat(second.waits()).isTrue();
		this.store.assertQuiet();
		this.story.yourTurn();
		this.store.acquire().grant();
		assertThat(second.holds()).isTrue();
	}

	@Test
	void sliceIsNotProlongedByFurtherHints() {
		Caller first = this.story.arrives();
		this.story.arrives();
		String owner = this.store.acquire().grant(3, 0);
		this.story.wanted(owner);
		this.story.pass(6);
		this.story.wanted(owner);
		this.story.pass(4);
		first.releases();
		this.store.release();
	}

	@Test
	void sliceBeginsWithTheGrantWhenOthersWaitAlready() {
		Caller first = this.story.arrives();
		this.story.arrives();
		this.store.acquire().grant(3, 1);
		assertPassesOnAtTheEndOfTheSlice(first);
	}

	@Test
	void sliceBeginsWithTheGrantWhenTheHintOvertookIt() {
		Caller first = this.story.arrives();
		this.story.arrives();
		AcquireRequest acquire = this.store.acquire();
		this.story.wanted(acquire.owner);
		acquire.grant(3, 0);
		assertPassesOnAtTheEndOfTheSlice(first);
	}

	@Test
	void sliceBeginsWithTheNextRenewalWhenTheHintIsLost() {
		Caller first = this.story.arrives();
		this.story.caller().waits(60_000).arrives();
		this.store.acquire().grant(3, 0);
		this.story.pass(10_000);
		this.store.renewal().renewed(1);
		assertPassesOnAtTheEndOfTheSlice(first);
	}

	@Test
	void renewalCountsOtherNodesOnlyWhileSomebodyHereWaits() {
		this.story.holds();
		this.story.pass(10_000);
		RenewRequest alone = this.store.renewal();
		assertThat(alone.counting).isFalse();
		alone.renewedWithoutCounting();
		this.story.caller().waits(60_000).arrives();
		this.story.pass(10_000);
		assertThat(this.store.renewal().counting).isTrue();
	}

	@Test
	void renewalCountsOtherNodesWhenTheLockWasPassedOnThoughNobodyHereWaits() {
		Caller first = this.story.arrives();
		Caller second = this.story.caller().waits(60_000).arrives();
		this.store.acquire().grant(3, 0);
		first.releases();
		this.story.pass(10_000);
		RenewRequest renewal = this.store.renewal();
		assertThat(renewal.counting).isTrue();
		renewal.renewed(1);
		Caller third = this.story.caller().waits(60_000).arrives();
		assertPassesOnAtTheEndOfTheSlice(second);
		assertThat(third.waits()).isTrue();
	}

	@Test
	void sliceBeginsWithTheFirstRenewalAfterCallersCameWhenTheHintIsLost() {
		Caller first = this.story.holds();
		this.story.pass(10_000);
		this.store.renewal().renewedWithoutCounting();
		this.story.caller().waits(60_000).arrives();
		this.story.pass(10_000);
		this.store.renewal().renewed(1);
		assertPassesOnAtTheEndOfTheSlice(first);
	}

	@Test
	void renewalThatDidNotCountLeavesTheSliceAsItIs() {
		Caller first = this.story.holds();
		this.story.pass(10_000);
		RenewRequest renewal = this.store.renewal();
		this.story.wanted("here#1");
		this.story.arrives();
		renewal.renewedWithoutCounting();
		assertPassesOnAtTheEndOfTheSlice(first);
	}

	@Test
	void sliceEndsWithTheRenewalThatFindsNobodyWaitingAnyMore() {
		Caller first = this.story.holds();
		this.story.wanted("here#1");
		this.story.pass(10_000);
		RenewRequest renewal = this.store.renewal();
		assertThat(renewal.counting).isTrue();
		renewal.renewed(0);
		this.story.arrives();
		first.releases();
		assertThat(this.store.renewal().moreTokens).isPositive();
	}

	@Test
	void releaseDoesNotRegisterThisNodeWhenNobodyHereWaits() {
		Caller holder = this.story.holds();
		this.story.wanted("here#1");
		this.story.pass(10);
		holder.releases();
		ReleaseRequest release = this.store.release();
		assertThat(release.rejoin).isFalse();
		release.released();
		this.story.assertOver();
	}

	@Test
	void nodeAsksWithinAboutASecondWhenItRejoinedAndHearsNothing() {
		releaseAtTheEndOfTheSlice().released();
		this.story.pass(999);
		this.store.assertQuiet();
		this.story.pass(1);
		this.store.acquire();
	}

	@Test
	void nodeAsksAtOnceWhenYourTurnOvertookTheAnswerToItsRelease() {
		ReleaseRequest release = releaseAtTheEndOfTheSlice();
		this.story.yourTurn();
		this.store.assertQuiet();
		release.released();
		this.store.acquire();
	}

	@Test
	void nodeAsksAtOnceWhenItsReleaseWithRejoinFoundNothing() {
		releaseAtTheEndOfTheSlice().notHeld();
		this.store.acquire();
	}

	@Test
	void nothingIsHandedOnAfterAReleaseOfUnknownOutcome() {
		ReleaseRequest release = releaseAtTheEndOfTheSlice();
		release.unavailable(true);
		this.story.pass(100);
		assertThat(this.store.release().owner).isEqualTo(release.owner);
		assertThat(this.store.acquire().owner).isNotEqualTo(release.owner);
	}

	@Test
	void nodeThatMayHaveRejoinedWithdrawsWhenItsLastCallerLeaves() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		this.store.acquire().grant(3, 1);
		this.story.pass(10);
		first.releases();
		this.store.release().unavailable(true);
		second.leaves();
		this.store.withdrawal().done();
	}

	private void assertPassesOnAtTheEndOfTheSlice(Caller holder) {
		this.story.pass(10);
		holder.releases();
		assertThat(this.store.release().rejoin).isTrue();
	}

	private ReleaseRequest releaseAtTheEndOfTheSlice() {
		Caller first = this.story.arrives();
		this.story.arrives();
		this.store.acquire().grant(3, 1);
		this.story.pass(10);
		first.releases();
		return this.store.release();
	}

}
