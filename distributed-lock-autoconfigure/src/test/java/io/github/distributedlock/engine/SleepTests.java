package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockLostException;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A machine that sleeps while its monotonic clock stands still and the store's clock goes
 * on, and clocks that are set.
 */
class SleepTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	private RenewRequest asks(Caller holder) {
		assertThat(holder.lease().isValid()).isFalse();
		assertThat(holder.lease().remaining()).isZero();
		assertThat(holder.lease().loss()).isNull();
		this.story.pass(0);
		return this.store.renewal();
	}

	@Test
	void leaseIsInDoubtAfterASleepPastItsDeadlineAndValidAgainOnceTheStoreConfirmsIt() {
		Caller holder = this.story.holds();
		this.story.sleeps(30_000);
		assertThat(holder.lease()).asString().contains("in doubt");
		asks(holder).renewed();
		assertThat(holder.holds()).isTrue();
		assertThat(holder.remaining()).isEqualTo(Duration.ofMillis(29_698));
	}

	@Test
	void leaseIsLostAfterASleepIfTheStoreSaysSo() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		asks(holder).lost();
		holder.assertLost("gone");
	}

	@Test
	void leaseStaysInDoubtWhileTheStoreDoesNotAnswerAndIsLostAtItsDeadline() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		asks(holder).unavailable(true);
		assertThat(holder.lease().isValid()).isFalse();
		this.story.pass(29_697);
		assertThat(holder.lease().loss()).isNull();
		this.story.pass(1);
		holder.assertLost("the store did not confirm it in time");
	}

	@Test
	void sleepThatEndsBeforeTheDeadlineShortensWhatRemains() {
		Caller holder = this.story.holds();
		this.story.sleeps(20_000);
		assertThat(holder.holds()).isTrue();
		assertThat(holder.remaining()).isEqualTo(Duration.ofMillis(9_698));
		this.store.assertQuiet();
	}

	@Test
	void clockThatIsSetForwardLosesNoLease() {
		Caller holder = this.story.holds();
		this.story.sleeps(3_600_000);
		asks(holder).renewed();
		this.story.pass(10_000);
		this.store.renewal().renewed();
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void clockThatIsSetBackChangesNothing() {
		Caller holder = this.story.holds();
		this.story.sleeps(-3_600_000);
		this.story.pass(29_697);
		assertThat(holder.holds()).isTrue();
		this.story.pass(1);
		holder.assertLost("the store did not confirm it in time");
	}

	@Test
	void keeperAsksWithoutBeingAskedItself() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		this.story.pass(1_000);
		this.store.renewal().lost();
		holder.assertLost("gone");
	}

	@Test
	void confirmationThatWasAskedForBeforeTheSleepDoesNotCount() {
		Caller holder = this.story.holds();
		this.story.pass(10_000);
		RenewRequest before = this.store.renewal();
		this.story.sleeps(60_000);
		before.renewed();
		asks(holder).lost();
		holder.assertLost("gone");
	}

	@Test
	void leaseWithoutRenewalIsConfirmedOnceAndEndsAtItsOwnTime() {
		Caller holder = this.story.caller().withoutRenewal().arrives();
		this.store.acquire().grant();
		this.story.pass(10_000);
		this.story.sleeps(60_000);
		asks(holder).renewed();
		assertThat(holder.holds()).isTrue();
		this.story.pass(20_000);
		holder.assertLost("asked for no renewal");
	}

	@Test
	void grantThatWasAskedForBeforeTheSleepIsNotUsed() {
		Caller caller = this.story.caller().waits(60_000).arrives();
		this.story.sleeps(30_000);
		this.store.acquire().grant();
		assertThat(caller.waits()).isTrue();
		this.story.pass(0);
		this.store.release().released();
		this.store.acquire().grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void workThatWasToldOfADoubtWhichTheStoreNeverClearedEndsWithALoss() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		asks(holder).unavailable(true);
		holder.releases();
		this.store.release().unavailable(true);
		holder.assertLost("the store does not confirm it");
	}

	@Test
	void workThatWasToldOfADoubtEndsWellIfTheStoreStillHadItsRecord() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		asks(holder).unavailable(true);
		holder.releases();
		this.store.release().released();
		assertThat(holder.lease().loss()).isNull();
	}

	@Test
	void leaseInDoubtIsNotHandedOnButReleasedSoThatItsLossIsKnown() {
		Caller holder = this.story.holds();
		Caller next = this.story.arrives();
		this.story.sleeps(60_000);
		holder.releases();
		this.store.release().notHeld();
		assertThat(holder.lease().loss()).isNotNull();
		assertThat(next.waits()).isTrue();
		this.store.acquire().grant();
		assertThat(next.holds()).isTrue();
	}

	@Test
	void ensureValidWaitsForTheConfirmation() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		RenewRequest renewal = asks(holder);
		CompletableFuture<Void> ensured = ensureValid(holder);
		assertThat(ensured).isNotDone();
		renewal.renewed();
		assertThat(ensured).succeedsWithin(SOON);
	}

	@Test
	void ensureValidRefusesWhatTheStoreDoesNotConfirm() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		RenewRequest renewal = asks(holder);
		CompletableFuture<Void> ensured = ensureValid(holder);
		renewal.unavailable(true);
		assertThat(ensured).failsWithin(SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LockLostException.class)
			.withMessageContaining("the machine slept");
		assertThat(holder.lease().loss()).isNull();
	}

	@Test
	void ensureValidTellsOfTheLossThatTheStoreKnows() {
		Caller holder = this.story.holds();
		this.story.sleeps(60_000);
		asks(holder).lost();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(holder.lease()::ensureValid)
			.withMessageContaining("gone");
	}

	private static CompletableFuture<Void> ensureValid(Caller holder) {
		CompletableFuture<Void> ensured = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				holder.lease().ensureValid();
				ensured.complete(null);
			}
			catch (LockLostException ex) {
				ensured.completeExceptionally(ex);
			}
		});
		thread.start();
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		return ensured;
	}

}
