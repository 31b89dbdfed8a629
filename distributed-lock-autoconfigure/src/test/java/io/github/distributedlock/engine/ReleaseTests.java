package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockLostException;
import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How leases end.
 */
class ReleaseTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void releaseIsOneRequestAndTheKeyIsForgottenWhenItIsAnswered() {
		Caller holder = this.story.holds();
		CompletableFuture<Void> done = holder.releases();
		ReleaseRequest release = this.store.release();
		this.store.assertQuiet();
		assertThat(done).isNotDone();
		release.released();
		assertThat(done).isCompleted();
		assertThat(holder.lease().loss()).isNull();
		this.story.assertOver();
	}

	@Test
	void idleKeyLeavesTheTableWithinTwoSeconds() {
		Caller holder = this.story.holds();
		holder.releases();
		this.store.release().released();
		assertThat(this.story.engine().queues()).hasSize(1);
		this.story.pass(2000);
		assertThat(this.story.engine().queues()).isEmpty();
	}

	@Test
	void callerWhoComesAgainToAnIdleKeyKeepsItInTheTable() {
		this.story.holds().releases();
		this.store.release().released();
		this.story.pass(999);
		this.story.holds();
		this.story.pass(2000);
		assertThat(this.story.engine().queues()).hasSize(1);
	}

	@Test
	void leaseIsNotValidFromTheMomentOfItsRelease() {
		Caller holder = this.story.holds();
		holder.releases();
		assertThat(holder.lease().isValid()).isFalse();
		assertThat(holder.lease().remaining()).isZero();
		assertThatIllegalStateException().isThrownBy(() -> holder.lease().ensureValid())
			.withMessageContaining("was released");
	}

	@Test
	void leaseReadsAsItsLockTokenAndState() {
		Caller holder = this.story.holds();
		assertThat(holder.lease())
			.hasToString("Lease of orders:42 (token " + holder.lease().fencingToken().orElseThrow() + ", valid)");
		holder.releases();
		assertThat(holder.lease().toString()).endsWith(", released)");
	}

	@Test
	void secondReleaseDoesNothing() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		this.store.acquire().grant(2, 0);
		first.releases();
		assertThat(first.releases()).isNull();
		assertThat(second.holds()).isTrue();
		this.store.assertQuiet();
	}

	@Test
	void releaseAfterALossDoesNothing() {
		Caller holder = this.story.holds();
		this.story.pass(10_000);
		this.store.renewal().lost();
		assertThat(holder.releases()).isNull();
		this.story.assertOver();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> holder.lease().ensureValid());
	}

	@Test
	void releaseAfterTheDeadlineIsALoss() {
		Caller holder = this.story.caller().leases(1000).arrives();
		this.store.acquire().grant();
		this.story.passWithoutKeeper(988);
		assertThat(holder.releases()).isNull();
		assertThat(holder.lease().loss()).isNotNull();
	}

	@Test
	void notHeldIsALossThatIsFoundLate() {
		Caller holder = this.story.holds();
		CompletableFuture<Void> done = holder.releases();
		this.store.release().notHeld();
		assertThat(done).isCompleted();
		holder.assertLost("the store no longer had its record");
	}

	@Test
	void silenceOfTheStoreIsNoLossAndTheOwnerIsReleasedInTheBackground() {
		Caller holder = this.story.holds();
		CompletableFuture<Void> done = holder.releases();
		ReleaseRequest silent = this.store.release();
		this.story.pass(999);
		assertThat(done).isNotDone();
		this.story.pass(1);
		assertThat(done).isCompleted();
		assertThat(holder.lease().loss()).isNull();
		ReleaseRequest again = this.store.release();
		assertThat(again.owner).isEqualTo(silent.owner);
		again.notHeld();
		assertThat(holder.lease().loss()).isNull();
	}

	@Test
	void compensationOfAReleaseLastsUntilTheLongestLeaseOfTheGrantIsOver() {
		Caller first = this.story.caller().leases(30_000).arrives();
		Caller second = this.story.caller().leases(1000).withoutRenewal().arrives();
		this.store.acquire().grant(2, 0);
		first.releases();
		second.releases();
		this.store.release().unavailable(true);
		this.story.pass(20_000);
		assertThat(this.story.engine().compensations().isEmpty()).isFalse();
		this.story.pass(10_000);
		assertThat(this.story.engine().compensations().isEmpty()).isTrue();
	}

	@Test
	void callerWhoComesWhileTheReleaseIsUnderWayAsksAfterIt() {
		Caller holder = this.story.holds();
		holder.releases();
		Caller next = this.story.arrives();
		this.store.release().released();
		AcquireRequest acquire = this.store.acquire();
		assertThat(acquire.owner).isNotEqualTo("here#1");
		acquire.grant();
		assertThat(next.holds()).isTrue();
	}

	@Test
	void callerWhoComesWhileTheReleaseIsUnderWayIsToldWhenTheStoreIsOut() {
		Caller holder = this.story.holds();
		holder.releases();
		Caller next = this.story.arrives();
		this.story.pass(1000);
		next.assertUnavailable();
	}

}
