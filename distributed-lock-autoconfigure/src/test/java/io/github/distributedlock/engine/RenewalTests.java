package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How leases are kept, and until when they are valid.
 */
class RenewalTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void leaseIsRenewedWithinAThirdOfItsLength() {
		Caller holder = this.story.holds();
		this.story.pass(9999);
		this.store.assertQuiet();
		this.story.pass(1);
		RenewRequest renewal = this.store.renewal();
		assertThat(renewal.owner).isEqualTo("here#1");
		assertThat(renewal.lease).isEqualTo(Duration.ofSeconds(30));
		renewal.renewed();
		assertThat(holder.remaining()).isEqualTo(Duration.ofMillis(29_698));
	}

	@Test
	void leaseIsRenewedForAsLongAsItsHolderWorks() {
		Caller holder = this.story.holds();
		for (int i = 0; i < 1000; i++) {
			this.story.pass(10_000);
			this.store.renewal().renewed();
		}
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void leaseThatAsksForNoRenewalGetsNone() {
		Caller holder = this.story.caller().withoutRenewal().leases(10_000).arrives();
		this.store.acquire().grant();
		this.story.pass(9897);
		this.store.assertQuiet();
		assertThat(holder.holds()).isTrue();
		this.story.pass(1);
		holder.assertLost("its lease was over");
	}

	@Test
	void deadlineCountsFromBeforeTheQuestionWasSent() {
		Caller holder = this.story.caller().leases(10_000).arrives();
		this.story.pass(800);
		this.store.acquire().grant();
		assertThat(holder.remaining()).isEqualTo(Duration.ofMillis(10_000 - 800 - 102));
	}

	@Test
	void deadlineCountsFromBeforeTheRenewalWasSent() {
		Caller holder = this.story.caller().leases(15_000).arrives();
		this.store.acquire().grant();
		this.story.pass(5000);
		this.story.pass(700);
		this.store.renewal().renewed();
		assertThat(holder.remaining()).isEqualTo(Duration.ofMillis(15_000 - 700 - 152));
	}

	@Test
	void deadlineCountsFromBeforeTheExtensionWasSent() {
		Caller first = this.story.caller().leases(10_000).arrives();
		Caller second = this.story.caller().leases(10_000).arrives();
		this.store.acquire().grant();
		first.releases();
		this.story.pass(600);
		this.store.renewal().renewed();
		assertThat(second.remaining()).isEqualTo(Duration.ofMillis(10_000 - 600 - 102));
	}

	@Test
	void renewalThatFailsLeavesTheDeadlineWhereItWasAndIsRepeated() {
		Caller holder = this.story.caller().leases(10_000).arrives();
		this.store.acquire().grant();
		this.story.pass(3334);
		this.store.renewal().unavailable(true);
		assertThat(holder.remaining()).isEqualTo(Duration.ofMillis(10_000 - 3334 - 102));
		this.story.pass(200);
		this.store.renewal().renewed();
		assertThat(holder.remaining()).isGreaterThan(Duration.ofMillis(9800));
	}

	@Test
	void renewalThatIsNotAnsweredIsGivenUpAfterASixthOfTheLease() {
		Caller holder = this.story.caller().leases(600).arrives();
		this.store.acquire().grant();
		this.story.pass(200);
		RenewRequest silent = this.store.renewal();
		this.story.pass(99);
		assertThat(silent.isDropped()).isFalse();
		this.story.pass(1);
		assertThat(silent.isDropped()).isTrue();
		this.story.pass(20);
		this.store.renewal().renewed();
		this.story.pass(400);
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void secondRenewalFitsBeforeTheDeadlineOfTheShortestLease() {
		Caller holder = this.story.caller().leases(500).arrives();
		this.store.acquire().grant();
		this.story.pass(167);
		this.store.renewal();
		this.story.pass(150);
		this.store.renewal().renewed();
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void answerToARenewalThatWasGivenUpChangesNothing() {
		Caller holder = this.story.caller().leases(6000).arrives();
		this.store.acquire().grant();
		this.story.pass(2000);
		RenewRequest late = this.store.renewal();
		this.story.pass(1000);
		Duration remaining = holder.remaining();
		late.renewed();
		assertThat(holder.remaining()).isEqualTo(remaining);
		late.lost();
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void unknownIsNotLostUntilTheDeadline() {
		Caller holder = this.story.caller().leases(3000).arrives();
		this.store.acquire().grant();
		this.story.pass(2967);
		assertThat(holder.holds()).isTrue();
		this.story.pass(1);
		holder.assertLost("the store did not confirm it in time");
	}

	@Test
	void leaseIsLostAtOnceWhenTheStoreSaysSo() {
		Caller holder = this.story.holds();
		this.story.pass(10_000);
		this.store.renewal().lost();
		holder.assertLost("its record in the store is gone");
		this.store.assertQuiet();
	}

	@Test
	void answerAfterTheDeadlineTakesNothingBack() {
		Caller holder = this.story.caller().leases(1000).arrives();
		this.store.acquire().grant();
		this.story.pass(334);
		RenewRequest renewal = this.store.renewal();
		this.story.passWithoutKeeper(654);
		renewal.renewed();
		holder.assertLost("the store did not confirm it in time");
		this.story.pass(0);
		assertThat(this.store.release().owner).isEqualTo("here#1");
	}

	@Test
	void leaseIsOverAtItsDeadlineWhenTheKeeperIsLate() {
		Caller holder = this.story.caller().leases(1000).arrives();
		this.store.acquire().grant();
		this.story.passWithoutKeeper(987);
		assertThat(holder.lease().isValid()).isTrue();
		this.story.passWithoutKeeper(1);
		assertThat(holder.lease().isValid()).isFalse();
		assertThat(holder.lease().remaining()).isZero();
	}

	@Test
	void leaseThatWasFoundOverStaysOverWhenARenewalSucceedsLater() {
		Caller holder = this.story.caller().leases(1000).arrives();
		this.store.acquire().grant();
		this.story.pass(334);
		RenewRequest renewal = this.store.renewal();
		this.story.passWithoutKeeper(654);
		assertThat(holder.lease().isValid()).isFalse();
		renewal.renewed();
		assertThat(holder.lease().isValid()).isFalse();
	}

	@Test
	void nothingIsRenewedAfterTheRelease() {
		Caller holder = this.story.holds();
		holder.releases();
		ReleaseRequest release = this.store.release();
		this.story.pass(900);
		this.store.assertQuiet();
		release.released();
		this.story.pass(60_000);
		this.story.assertOver();
	}

	@Test
	void renewalUnderWayChangesNothingOnceTheReleaseWasSent() {
		Caller holder = this.story.holds();
		this.story.pass(10_000);
		RenewRequest renewal = this.store.renewal();
		holder.releases();
		ReleaseRequest release = this.store.release();
		renewal.renewed();
		assertThat(holder.lease().isValid()).isFalse();
		release.released();
		assertThat(holder.lease().loss()).isNull();
		this.story.assertOver();
	}

	@Test
	void releaseDoesNotOvertakeARenewalThatWasCollected() {
		Caller holder = this.story.holds();
		AtomicInteger pending = new AtomicInteger();
		this.store.whileRenewing(() -> {
			holder.releases();
			pending.set(this.store.pending());
		});
		this.story.pass(10_000);
		assertThat(pending).as("the renewal alone").hasValue(1);
		this.store.renewal();
		assertThat(this.store.release().owner).isEqualTo("here#1");
	}

	@Test
	void renewalsOfOtherKeysGoOnWhenOneFails() {
		Caller sick = this.story.holds();
		Caller well = this.story.caller().key(LockKey.of("orders", 43)).arrives();
		this.store.acquire().grant();
		this.story.pass(10_000);
		this.store.renewal().unavailable(true);
		this.store.renewal().renewed();
		assertThat(well.remaining()).isGreaterThan(sick.remaining());
		assertThat(sick.holds()).isTrue();
	}

	@Test
	void renewalIsRepeatedWhenTheStoresClientFailsOutright() {
		Caller holder = this.story.holds();
		this.store.whileRenewing(() -> {
			throw new NoClassDefFoundError("a class of the client");
		});
		this.story.pass(10_000);
		this.store.renewal();
		this.store.whileRenewing(() -> {
		});
		this.story.pass(500);
		this.store.renewal().renewed();
		assertThat(holder.remaining()).isGreaterThan(Duration.ofSeconds(29));
	}

	@Test
	void methodThatNeverEndsIsBoundedByTheLongestHold() {
		Caller holder = this.story.caller().atMost(60_000).arrives();
		this.store.acquire().grant();
		for (int i = 0; i < 5; i++) {
			this.story.pass(10_000);
			this.store.renewal().renewed();
		}
		this.story.pass(9999);
		assertThat(holder.holds()).isTrue();
		this.story.pass(1);
		holder.assertLost("it was held for the longest time allowed");
		assertThat(this.store.release().owner).isEqualTo("here#1");
	}

	@Test
	void longestHoldIsCountedForEachCaller() {
		Caller first = this.story.caller().atMost(5000).arrives();
		Caller second = this.story.caller().atMost(5000).arrives();
		this.store.acquire().grant(2, 0);
		this.story.pass(4000);
		first.releases();
		this.story.pass(4000);
		assertThat(second.holds()).isTrue();
	}

	@Test
	void leaseThatAsksForNoRenewalGetsNoneAfterAPredecessorWhoseRenewalFailed() {
		Caller first = this.story.arrives();
		Caller second = this.story.caller().withoutRenewal().leases(2000).waits(60_000).arrives();
		this.store.acquire().grant(2, 0);
		this.story.pass(10_000);
		this.store.renewal().unavailable(true);
		first.releases();
		assertThat(second.holds()).isTrue();
		this.story.pass(1900);
		this.store.assertQuiet();
	}

}
