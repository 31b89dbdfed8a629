package io.github.distributedlock.engine;

import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers hear when the store does not answer.
 */
class OutageTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void silenceIsUnavailableWithinTheCommandTimeoutWhateverTheWaitTime() {
		Caller impatient = this.story.caller().waits(0).arrives();
		Caller patient = this.story.caller().waits(60_000).arrives();
		this.story.pass(999);
		assertThat(patient.waits()).isTrue();
		this.story.pass(1);
		impatient.assertUnavailable();
		patient.assertUnavailable();
	}

	@Test
	void firstQuestionThatFailsIsUnavailableAtOnce() {
		Caller patient = this.story.caller().waits(60_000).arrives();
		this.store.acquire().unavailable(false);
		patient.assertUnavailable();
		this.story.assertOver();
	}

	@Test
	void callerWhoWaitsBehindAHolderGoesOnAskingUntilItsWaitEnds() {
		Caller caller = this.story.caller().waits(20_000).arrives();
		this.store.acquire().contended();
		this.story.pass(1000);
		this.store.acquire().unavailable(false);
		assertThat(caller.waits()).isTrue();
		this.story.pass(100);
		this.store.acquire().unavailable(false);
		assertThat(caller.waits()).isTrue();
		this.story.pass(200);
		this.store.acquire().grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void waitEndsUnavailableWhenThatWasTheLastWord() {
		Caller caller = this.story.caller().waits(1050).arrives();
		this.store.acquire().contended();
		this.story.pass(1000);
		this.store.acquire().unavailable(false);
		this.story.pass(50);
		caller.assertUnavailable();
		this.store.withdrawal();
	}

	@Test
	void waitEndsContendedWhenTheStoreIsBackAndThatWasTheLastWord() {
		Caller caller = this.story.caller().waits(1500).arrives();
		this.store.acquire().contended();
		this.story.pass(1000);
		this.store.acquire().unavailable(false);
		this.story.pass(100);
		this.store.acquire().contended();
		this.story.pass(400);
		caller.assertContended();
	}

	@Test
	void callerWhoComesDuringAnOutageAsksAtOnceAndIsToldAtOnce() {
		Caller waiting = this.story.caller().waits(60_000).arrives();
		this.store.acquire().contended();
		this.story.pass(1000);
		this.store.acquire().unavailable(false);
		Caller newcomer = this.story.caller().waits(60_000).arrives();
		this.store.acquire().unavailable(false);
		newcomer.assertUnavailable();
		assertThat(waiting.waits()).isTrue();
	}

	@Test
	void pausesBetweenQuestionsGrowToASecondAndNotBeyond() {
		this.story.caller().waits(600_000).arrives();
		this.store.acquire().contended();
		this.story.pass(1000);
		for (int i = 0; i < 20; i++) {
			this.store.acquire().unavailable(false);
			this.story.pass(1000);
		}
		this.store.acquire();
	}

	@Test
	void callerWhoFailsOpenRunsUnprotectedWithoutAToken() {
		Caller caller = this.story.caller().failsOpen().arrives();
		this.store.acquire().unavailable(false);
		assertThat(caller.holds()).isTrue();
		assertThat(caller.lease().isProtected()).isFalse();
		assertThat(caller.lease().fencingToken()).isEmpty();
	}

	@Test
	void callersWhoFailOpenAreStillOneAtATimeWithinTheNode() {
		Caller first = this.story.caller().failsOpen().arrives();
		Caller second = this.story.caller().failsOpen().arrives();
		Caller impatient = this.story.caller().failsOpen().waits(0).arrives();
		this.store.acquire().unavailable(false);
		assertThat(first.holds()).isTrue();
		assertThat(second.waits()).isTrue();
		impatient.assertContended();
		first.releases();
		assertThat(second.waits()).isTrue();
		this.store.acquire().unavailable(false);
		assertThat(second.holds()).isTrue();
		assertThat(second.lease().isProtected()).isFalse();
	}

	@Test
	void nextCallerIsProtectedAgainWhenTheStoreIsBack() {
		Caller first = this.story.caller().failsOpen().arrives();
		this.store.acquire().unavailable(false);
		Caller second = this.story.arrives();
		first.releases();
		this.store.acquire().grant();
		assertThat(second.lease().isProtected()).isTrue();
	}

	@Test
	void callerWhoFailsOpenIsNotLetInByContention() {
		Caller caller = this.story.caller().failsOpen().waits(0).arrives();
		this.store.acquire().contended();
		caller.assertContended();
	}

	@Test
	void callerWhoFailsOpenBehindAHolderRunsUnprotectedWhenItsWaitEndsInAnOutage() {
		Caller caller = this.story.caller().failsOpen().waits(1050).arrives();
		this.store.acquire().contended();
		this.story.pass(1000);
		this.store.acquire().unavailable(false);
		assertThat(caller.waits()).isTrue();
		this.story.pass(50);
		assertThat(caller.holds()).isTrue();
		assertThat(caller.lease().isProtected()).isFalse();
	}

	@Test
	void waitThatEndsBehindAnUnprotectedHolderIsContended() {
		Caller holder = this.story.caller().failsOpen().arrives();
		this.store.acquire().unavailable(false);
		Caller caller = this.story.caller().failsOpen().waits(300).arrives();
		this.story.pass(300);
		caller.assertContended();
		assertThat(holder.holds()).isTrue();
	}

	@Test
	void leaseThatIsHeldStaysValidUntilItsDeadlineAndIsNeverTakenBack() {
		Caller holder = this.story.caller().leases(3000).arrives();
		this.store.acquire().grant();
		this.story.pass(2967);
		assertThat(holder.holds()).isTrue();
		this.story.pass(1);
		holder.assertLost("the store did not confirm it in time");
		this.store.renewal().renewed();
		assertThat(holder.lease().isValid()).isFalse();
	}

	@Test
	void callersBehindALeaseThatIsLostAskTheStoreAgain() {
		Caller holder = this.story.holds();
		Caller next = this.story.caller().waits(60_000).arrives();
		this.story.pass(10_000);
		this.store.renewal().lost();
		holder.assertLost("gone");
		assertThat(next.waits()).isTrue();
		AcquireRequest again = this.store.acquire();
		assertThat(again.owner).isNotEqualTo("here#1");
		again.grant();
		assertThat(next.holds()).isTrue();
	}

	@Test
	void callerIsToldUnavailableWhenTheWithdrawalBeforeItsQuestionFails() {
		Caller first = this.story.arrives();
		this.store.acquire().contended();
		first.leaves();
		Caller second = this.story.arrives();
		this.story.pass(1000);
		second.assertUnavailable();
	}

	@Test
	void errorOfTheClientIsToldAtOnceAndLeavesNobodyBehind() {
		this.store.breaks(new NoClassDefFoundError("a class of the client"));
		Caller caller = this.story.arrives();
		caller.assertRefused();
		assertThat(this.story.engine().queues()).allMatch(KeyQueue::isIdle);
	}

	@Test
	void clientThatFailsOutrightIsARefusalOfUnknownOutcome() {
		Caller caller = this.story.caller().failsOpen().arrives();
		this.store.acquire().fail(new IllegalStateException("the client is broken"));
		caller.assertRefused();
		this.store.withdrawal().done();
		this.story.pass(0);
		assertThat(this.store.release().owner).isEqualTo("here#1");
	}

}
