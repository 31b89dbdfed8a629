package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a grant passes from one local caller to the next.
 */
class HandOffTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void releaseHandsOnWithTheNextTokenAndWithoutAsking() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		this.store.acquire().grant(2, 0);
		first.releases();
		assertThat(second.holds()).isTrue();
		assertThat(second.token()).isEqualTo(first.token() + 1);
		assertThat(first.lease().isValid()).isFalse();
		this.store.assertQuiet();
	}

	@Test
	void releaseRenewsFirstWhenLessThanHalfOfTheNextLeaseIsLeft() {
		Caller first = this.story.caller().leases(10_000).withoutRenewal().arrives();
		Caller second = this.story.caller().leases(12_000).waits(20_000).arrives();
		this.store.acquire().grant(2, 0);
		this.story.pass(4000);
		first.releases();
		assertThat(second.waits()).isTrue();
		RenewRequest renewal = this.store.renewal();
		assertThat(renewal.lease).isEqualTo(Duration.ofSeconds(12));
		assertThat(renewal.moreTokens).isZero();
		renewal.renewed();
		assertThat(second.holds()).isTrue();
		assertThat(second.token()).isEqualTo(first.token() + 1);
	}

	@Test
	void releaseDoesNotAskWhenHalfOfTheNextLeaseIsLeft() {
		Caller first = this.story.caller().leases(10_000).withoutRenewal().arrives();
		Caller second = this.story.caller().leases(12_000).arrives();
		this.store.acquire().grant(2, 0);
		this.story.pass(3800);
		first.releases();
		assertThat(second.holds()).isTrue();
		this.store.assertQuiet();
	}

	@Test
	void callerWithoutRenewalGetsItsFullLease() {
		Caller first = this.story.caller().leases(10_000).withoutRenewal().arrives();
		Caller second = this.story.caller().leases(10_000).withoutRenewal().arrives();
		this.store.acquire().grant(2, 0);
		this.story.pass(1000);
		first.releases();
		assertThat(second.waits()).isTrue();
		this.store.renewal().renewed();
		assertThat(second.remaining()).isGreaterThan(Duration.ofMillis(9890));
	}

	@Test
	void shorterLeaseOfTheNextCallerEndsOnlyItsOwnTurn() {
		Caller first = this.story.arrives();
		Caller second = this.story.caller().leases(5000).withoutRenewal().arrives();
		this.store.acquire().grant(2, 0);
		first.releases();
		assertThat(second.remaining()).isEqualTo(Duration.ofSeconds(5));
		this.story.pass(4999);
		assertThat(second.holds()).isTrue();
		this.story.pass(1);
		second.assertLost("its lease was over");
	}

	@Test
	void deadlineNeverMovesBackWhenTheNextLeaseIsShorter() {
		Caller first = this.story.arrives();
		Caller second = this.story.caller().leases(5000).arrives();
		this.store.acquire().grant(2, 0);
		first.releases();
		this.story.pass(1667);
		RenewRequest renewal = this.store.renewal();
		assertThat(renewal.lease).isEqualTo(Duration.ofSeconds(5));
		renewal.renewed();
		assertThat(second.remaining()).isGreaterThan(Duration.ofSeconds(28));
	}

	@Test
	void releaseReservesMoreTokensInTheSameTripWhenTheyAreUsedUp() {
		Caller first = this.story.holds();
		Caller second = this.story.arrives();
		Caller third = this.story.arrives();
		first.releases();
		RenewRequest renewal = this.store.renewal();
		assertThat(renewal.moreTokens).isEqualTo(2);
		renewal.renewed();
		assertThat(second.token()).isGreaterThan(first.token());
		second.releases();
		assertThat(third.token()).isGreaterThan(second.token());
		this.store.assertQuiet();
	}

	@Test
	void tokensAreNeverReservedByTheThousands() {
		for (int i = 0; i < 1500; i++) {
			this.story.arrives();
		}
		this.store.acquire().contended();
		this.story.yourTurn();
		assertThat(this.store.acquire().tokens).isEqualTo(1000);
	}

	@Test
	void tokensDieWithTheirGrant() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		this.store.acquire().grant(10, 0);
		long dead = first.token() + 9;
		second.leaves();
		first.releases();
		this.store.release().released();
		Caller third = this.story.holds();
		assertThat(third.token()).isGreaterThan(dead);
	}

	@Test
	void firstTokenOfATopUpFollowsTheLastReservation() {
		Caller first = this.story.holds();
		Caller second = this.story.arrives();
		first.releases();
		this.store.renewal().renewed();
		assertThat(second.token()).isEqualTo(first.token() + 1);
	}

	@Test
	void lossWhileHandingOnLetsNobodyIn() {
		Caller first = this.story.holds();
		Caller second = this.story.arrives();
		first.releases();
		this.store.renewal().lost();
		assertThat(second.waits()).isTrue();
		AcquireRequest again = this.store.acquire();
		assertThat(again.owner).isNotEqualTo("here#1");
		again.grant();
		assertThat(second.holds()).isTrue();
	}

	@Test
	void unknownOutcomeWhileHandingOnLetsNobodyInAndEndsTheOwner() {
		Caller first = this.story.holds();
		Caller second = this.story.arrives();
		first.releases();
		RenewRequest renewal = this.store.renewal();
		this.story.pass(1000);
		assertThat(renewal.isDropped()).isTrue();
		assertThat(second.waits()).isTrue();
		renewal.renewed();
		assertThat(second.waits()).isTrue();
		assertThat(this.store.release().owner).isEqualTo("here#1");
		this.story.pass(100);
		this.store.acquire().grant();
		assertThat(second.holds()).isTrue();
	}

	@Test
	void grantIsReleasedWhenTheLastCallerLeavesWhileHandingOn() {
		Caller first = this.story.holds();
		Caller second = this.story.arrives();
		first.releases();
		second.leaves();
		this.store.renewal().renewed();
		this.store.release().released();
		this.story.assertOver();
	}

	@Test
	void grantIsExtendedAgainWhenTheCallerWhoIsLeftNeedsALongerLease() {
		Caller first = this.story.holds();
		Caller second = this.story.caller().leases(1000).arrives();
		Caller third = this.story.caller().leases(90_000).arrives();
		first.releases();
		RenewRequest renewal = this.store.renewal();
		second.leaves();
		renewal.renewed();
		RenewRequest longer = this.store.renewal();
		assertThat(longer.lease).isEqualTo(Duration.ofSeconds(90));
		longer.renewed();
		assertThat(third.holds()).isTrue();
	}

	@Test
	void lockGoesThroughTheStoreEachTimeWhenHandOffIsOff() {
		Story plain = new Story(false);
		Caller first = plain.arrives();
		Caller second = plain.arrives();
		plain.store().acquire().grant(5, 0);
		first.releases();
		assertThat(second.waits()).isTrue();
		plain.store().release().released();
		plain.store().acquire().grant();
		assertThat(second.holds()).isTrue();
	}

	@Test
	void lossThatAnEarlierRenewalReportsWhileHandingOnLetsNobodyIn() {
		Caller first = this.story.holds();
		Caller second = this.story.caller().waits(60_000).arrives();
		this.story.pass(10_000);
		RenewRequest renewal = this.store.renewal();
		first.releases();
		RenewRequest extension = this.store.renewal();
		renewal.lost();
		extension.renewed();
		assertThat(second.holds()).isFalse();
	}

}
