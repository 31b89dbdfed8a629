package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of owner ids whose request was not answered.
 */
class CompensationTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void ownerOfAnUnansweredAttemptIsReleasedInTheBackground() {
		AcquireRequest silent = giveUp(30_000);
		ReleaseRequest release = this.store.release();
		assertThat(release.owner).isEqualTo(silent.owner);
		assertThat(release.rejoin).isFalse();
		release.released();
		this.story.pass(60_000);
		this.story.assertOver();
	}

	@Test
	void compensationDoesNotStopAtNotHeld() {
		AcquireRequest silent = giveUp(30_000);
		this.store.release().notHeld();
		this.story.pass(100);
		this.store.release().notHeld();
		this.story.pass(200);
		ReleaseRequest third = this.store.release();
		assertThat(third.owner).isEqualTo(silent.owner);
		third.released();
		this.story.pass(60_000);
		this.story.assertOver();
	}

	@Test
	void compensationGoesOnWhileTheStoreIsOut() {
		giveUp(30_000);
		this.store.release().unavailable(true);
		this.story.pass(100);
		this.store.release();
		this.story.pass(200);
		this.store.release().released();
		this.story.pass(60_000);
		this.story.assertOver();
	}

	@Test
	void whatWasSurelyNotSentNeedsNoCompensation() {
		Caller caller = this.story.arrives();
		this.store.acquire().fail(new BackendMisconfiguredException("the server may evict locks", false, null));
		caller.assertRefused();
		this.story.pass(60_000);
		this.story.assertOver();
	}

	@Test
	void compensationEndsWhenTheLeaseIsOver() {
		giveUp(10_000);
		List<Long> moments = new ArrayList<>();
		while (this.story.now() < 60_000_000_000L) {
			for (int pending = this.store.pending(); pending > 0; pending--) {
				this.store.release().notHeld();
				moments.add(this.story.now() / 1_000_000_000L);
			}
			this.story.pass(100);
		}
		assertThat(moments).hasSizeBetween(6, 12).allMatch((second) -> second <= 11);
		assertThat(moments.get(moments.size() - 1)).isGreaterThanOrEqualTo(6);
		this.story.assertOver();
	}

	@Test
	void ownerOfAnUnansweredExtensionIsReleasedForAsLongAsItsRecordMayLast() {
		Caller holder = this.story.holds();
		Caller next = this.story.caller().leases(90_000).arrives();
		holder.releases();
		String owner = this.store.renewal().owner;
		next.leaves();
		this.story.pass(1000);
		long last = 0;
		while (this.story.now() < 200_000_000_000L) {
			for (int pending = this.store.pending(); pending > 0; pending--) {
				ReleaseRequest release = this.store.release();
				assertThat(release.owner).isEqualTo(owner);
				release.notHeld();
				last = this.story.now() / 1_000_000_000L;
			}
			this.story.pass(100);
		}
		assertThat(last).isBetween(45L, 92L);
		this.story.assertOver();
	}

	@Test
	void grantForADeadOwnerIsNotUsed() {
		Caller caller = this.story.arrives();
		AcquireRequest silent = this.store.acquire();
		this.story.pass(1000);
		caller.assertUnavailable();
		assertThat(silent.isDropped()).isTrue();
		silent.grant();
		caller.assertUnavailable();
		this.store.withdrawal().done();
		Caller next = this.story.arrives();
		AcquireRequest again = this.store.acquire();
		assertThat(again.owner).isNotEqualTo(silent.owner);
		again.grant();
		assertThat(next.holds()).isTrue();
	}

	@Test
	void nodeThatIsToldOfAnOwnerItDoesNotHoldReleasesIt() {
		this.story.wanted("here#99");
		this.story.pass(0);
		assertThat(this.store.release().owner).isEqualTo("here#99");
	}

	@Test
	void hintThatComesAfterTheReleaseCostsOneRequest() {
		Caller holder = this.story.holds();
		holder.releases();
		this.store.release().released();
		this.story.wanted("here#1");
		this.story.pass(0);
		this.store.release().notHeld();
		this.story.pass(60_000);
		this.story.assertOver();
	}

	@Test
	void ownerIsReleasedOnceEvenIfTheKeeperIsLate() {
		this.story.wanted("here#99");
		this.story.passWithoutKeeper(5000);
		this.story.pass(0);
		assertThat(this.store.release().owner).isEqualTo("here#99");
	}

	@Test
	void nodeIgnoresWhatIsSaidOfOtherNodesOwners() {
		this.story.wanted("there#99");
		this.story.pass(10_000);
		this.story.assertOver();
	}

	@Test
	void nodeNeverReleasesAnOwnerThatItHoldsOrIsAskingFor() {
		Caller holder = this.story.arrives();
		AcquireRequest acquire = this.store.acquire();
		this.story.wanted(acquire.owner);
		this.story.pass(500);
		this.store.assertQuiet();
		acquire.grant();
		this.story.wanted(acquire.owner);
		this.story.pass(500);
		this.store.assertQuiet();
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void nodeNeverReleasesAnOwnerThatItIsHandingOn() {
		Caller first = this.story.holds();
		Caller second = this.story.arrives();
		first.releases();
		this.story.wanted("here#1");
		this.story.pass(500);
		this.store.renewal().renewed();
		this.store.assertQuiet();
		assertThat(second.holds()).isTrue();
	}

	@Test
	void nodeThatFindsTheLockHeldByItsOwnDeadOwnerReleasesIt() {
		this.story.arrives();
		this.store.acquire().contended("here#99");
		this.story.pass(0);
		assertThat(this.store.release().owner).isEqualTo("here#99");
	}

	@Test
	void ownerOfALeaseThatIsOverIsReleasedInTheBackground() {
		Caller holder = this.story.caller().leases(2000).withoutRenewal().arrives();
		this.store.acquire().grant();
		this.story.pass(2000);
		holder.assertLost("its lease was over");
		ReleaseRequest release = this.store.release();
		assertThat(release.owner).isEqualTo("here#1");
		release.released();
		this.story.assertOver();
	}

	@Test
	void noOwnerIdIsEverUsedTwice() {
		List<String> owners = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			Caller caller = this.story.arrives();
			AcquireRequest acquire = this.store.acquire();
			owners.add(acquire.owner);
			acquire.unavailable(false);
			caller.assertUnavailable();
		}
		assertThat(owners).doesNotHaveDuplicates();
	}

	private AcquireRequest giveUp(long lease) {
		Caller caller = this.story.caller().leases(lease).waits(0).arrives();
		AcquireRequest silent = this.store.acquire();
		this.story.pass(1000);
		caller.assertUnavailable();
		return silent;
	}

}
