package io.github.distributedlock.engine;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import io.github.distributedlock.engine.ScriptedRequest.ReleaseRequest;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a store that does not answer is no longer asked, and when it is asked again.
 */
class BreakerTests {

	private final Story story = new Story(new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30),
			OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, Duration.ofSeconds(1), true, Duration.ofMillis(10), null,
			ReleaseMode.SYNC, BreakerSettings.defaults(), WaiterLimits.defaults()));

	private final ScriptedStore store = this.story.store();

	private Caller arrives(int order) {
		return this.story.caller().key(LockKey.of("orders", order)).waits(60_000).arrives();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			Caller caller = arrives(100 + i);
			this.store.acquire().unavailable(false);
			caller.assertUnavailable();
		}
	}

	@Test
	void threeUnansweredQuestionsInARowEndTheAsking() {
		fail(2);
		Caller third = arrives(1);
		this.store.acquire().unavailable(false);
		third.assertUnavailable();
		Caller fourth = arrives(1);
		fourth.assertUnavailable();
		assertThat(((Outcome.Unavailable) fourth.outcome()).cause()).hasMessageContaining("3 questions in a row")
			.hasMessageContaining("the connection broke");
		this.story.assertOver();
	}

	@Test
	void answerInBetweenBeginsTheRunAnew() {
		fail(2);
		arrives(1);
		this.store.acquire().contended();
		fail(2);
		arrives(2);
		this.store.acquire().contended();
	}

	@Test
	void refusalToServeIsAnAnswer() {
		fail(2);
		Caller refused = arrives(1);
		this.store.acquire().refused();
		refused.assertRefused();
		fail(2);
		arrives(2);
		this.store.acquire().contended();
	}

	@Test
	void questionsThatFailTogetherBecauseOneConnectionBrokeCountOnce() {
		List<Caller> together = IntStream.range(0, 10).mapToObj(this::arrives).toList();
		this.story.pass(100);
		together.forEach((caller) -> this.store.acquire().unavailable(true));
		for (int i = 0; i < 10; i++) {
			this.store.withdrawal().done();
		}
		Caller next = arrives(42);
		this.store.acquire().grant();
		assertThat(next.holds()).isTrue();
	}

	@Test
	void questionsThatMeetSilenceCountEach() {
		IntStream.range(0, 3).forEach(this::arrives);
		this.story.pass(999);
		for (int i = 0; i < 3; i++) {
			this.store.acquire().unavailable(true);
		}
		arrives(42).assertUnavailable();
	}

	@Test
	void probeThatIsAnsweredLetsEverybodyAskAgain() {
		fail(3);
		this.story.pass(99);
		this.store.assertQuiet();
		this.story.pass(1);
		ReleaseRequest probe = this.store.release();
		arrives(1).assertUnavailable();
		probe.notHeld();
		Caller caller = arrives(1);
		this.store.acquire().grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void probesThatFailComeLaterEachTimeAndNeverMoreThanTheLongestPauseApart() {
		fail(3);
		for (long pause : new long[] { 100, 200, 400, 400, 400 }) {
			this.story.pass(pause - 1);
			this.store.assertQuiet();
			this.story.pass(1);
			this.store.release().unavailable(false);
		}
	}

	@Test
	void probeThatMeetsSilenceIsFollowedByAnotherWithANewOwner() {
		fail(3);
		this.story.pass(100);
		ReleaseRequest silent = this.store.release();
		this.story.pass(999);
		this.store.assertQuiet();
		this.story.pass(1);
		assertThat(silent.isDropped()).isTrue();
		ReleaseRequest next = this.store.release();
		assertThat(next.owner).isNotEqualTo(silent.owner);
		next.notHeld();
		arrives(1);
		this.store.acquire().grant();
	}

	@Test
	void renewalOfWhatIsHeldGoesOnAndItsAnswerLetsEverybodyAskAgain() {
		Caller holder = arrives(7);
		this.store.acquire().grant();
		this.story.pass(9900);
		fail(3);
		this.story.pass(100);
		this.store.release();
		this.store.renewal().renewed();
		assertThat(holder.holds()).isTrue();
		arrives(1);
		this.store.acquire().grant();
	}

	@Test
	void renewalsOfShortLeasesThatAreDroppedEarlySayNothingOfAStoreThatIsOnlySlow() {
		for (int i = 0; i < 3; i++) {
			this.story.caller().key(LockKey.of("orders", i)).leases(1500).arrives();
			this.store.acquire().grant();
		}
		this.story.pass(800);
		for (int i = 0; i < 3; i++) {
			RenewRequest renewal = this.store.renewal();
			assertThat(renewal.isDropped()).isTrue();
			renewal.fail(new CancellationException());
		}
		arrives(42);
		this.store.acquire().grant();
	}

	@Test
	void releaseOfWhatIsHeldIsSentAndItsAnswerLetsEverybodyAskAgain() {
		Caller holder = arrives(7);
		this.store.acquire().grant();
		fail(3);
		holder.releases();
		this.store.release().released();
		arrives(1);
		this.store.acquire().grant();
	}

	@Test
	void callerWhoWaitsBehindAHolderGoesOnAskingAndGetsTheLockWhenTheStoreIsBack() {
		Caller waiting = arrives(7);
		this.store.acquire().contended();
		this.story.pass(500);
		fail(3);
		this.story.pass(100);
		this.store.release().unavailable(false);
		this.story.pass(199);
		assertThat(waiting.waits()).isTrue();
		this.story.pass(1);
		this.store.release().notHeld();
		this.story.pass(1000);
		this.store.acquire().grant();
		assertThat(waiting.holds()).isTrue();
	}

	@Test
	void newcomerAtAKeyWhereOthersWaitBehindAHolderIsToldAtOnce() {
		Caller waiting = arrives(7);
		this.store.acquire().contended();
		fail(3);
		arrives(7).assertUnavailable();
		assertThat(waiting.waits()).isTrue();
	}

	@Test
	void newcomerWhoseKeyHasAQuestionUnderWayIsToldAtOnce() {
		Caller first = arrives(7);
		AcquireRequest silent = this.store.acquire();
		fail(3);
		arrives(7).assertUnavailable();
		assertThat(first.waits()).isTrue();
		assertThat(silent.isDropped()).isFalse();
	}

	@Test
	void newcomerWhoFailsOpenRunsAtOnceAlthoughAQuestionIsUnderWay() {
		Caller first = arrives(7);
		AcquireRequest silent = this.store.acquire();
		fail(3);
		Caller open = this.story.caller().key(LockKey.of("orders", 7)).failsOpen().arrives();
		assertThat(open.lease().isProtected()).isFalse();
		first.assertUnavailable();
		silent.grant();
		assertThat(open.lease().fencingToken()).isEmpty();
		this.story.pass(0);
		assertThat(this.store.release().owner).isEqualTo(silent.owner);
	}

	@Test
	void callersWhoFailOpenAreStillOneAtATimeAndProtectedAgainWhenTheStoreIsBack() {
		fail(3);
		Caller first = this.story.caller().failsOpen().arrives();
		Caller second = this.story.caller().failsOpen().arrives();
		assertThat(first.lease().isProtected()).isFalse();
		assertThat(second.waits()).isTrue();
		this.story.pass(100);
		this.store.release().notHeld();
		first.releases();
		this.store.acquire().grant();
		assertThat(second.lease().isProtected()).isTrue();
	}

	@Test
	void callersOfAHeldKeyAreServedByThisNodeWithoutTheStore() {
		Caller holder = arrives(7);
		this.store.acquire().grant();
		fail(3);
		Caller next = arrives(7);
		assertThat(next.waits()).isTrue();
		holder.releases();
		this.store.renewal().unavailable(true);
		assertThat(next.waits()).isTrue();
	}

	@Test
	void failureOfAQuestionFromBeforeTheReturnDoesNotCount() {
		for (int i = 0; i < 5; i++) {
			arrives(i);
		}
		List<AcquireRequest> old = IntStream.range(0, 5).mapToObj((i) -> this.store.acquire()).toList();
		fail(3);
		this.story.pass(100);
		this.store.release().notHeld();
		this.story.pass(800);
		old.forEach((request) -> request.unavailable(false));
		Caller caller = arrives(42);
		this.store.acquire().grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void everythingElseReachesTheStore() {
		assertThat(GuardedBackend.class.getDeclaredMethods()).extracting(Method::getName)
			.containsAll(Stream.of(LockBackend.class.getDeclaredMethods()).map(Method::getName).toList());
	}

}
