package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.engine.ScriptedRequest.AcquireRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node asks the store for while its callers come and go.
 */
class AskingTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	@Test
	void nodeAsksOnceWhenSeveralCallersArriveMeanwhile() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		AcquireRequest acquire = this.store.acquire();
		this.store.assertQuiet();
		acquire.grant();
		assertThat(first.holds()).isTrue();
		assertThat(second.waits()).isTrue();
		this.store.assertQuiet();
	}

	@Test
	void nodeDoesNotAskAgainWhenCallersArriveWhileItWaits() {
		this.story.arrives();
		this.store.acquire().contended();
		Caller second = this.story.arrives();
		assertThat(second.waits()).isTrue();
		this.store.assertQuiet();
	}

	@Test
	void nodeReservesATokenForEachCallerWhoWaits() {
		this.story.arrives();
		this.story.arrives();
		this.story.arrives();
		this.store.acquire().contended();
		this.story.yourTurn();
		assertThat(this.store.acquire().tokens).isEqualTo(3);
	}

	@Test
	void callersHoldInTheOrderOfTheirArrival() {
		Caller first = this.story.arrives();
		Caller second = this.story.arrives();
		Caller third = this.story.arrives();
		this.store.acquire().grant(3, 0);
		first.releases();
		assertThat(second.holds()).isTrue();
		assertThat(third.waits()).isTrue();
		second.releases();
		assertThat(third.holds()).isTrue();
	}

	@Test
	void callerWithoutPatienceAsksOnceAndIsNotRemembered() {
		Caller caller = this.story.caller().waits(0).arrives();
		AcquireRequest acquire = this.store.acquire();
		assertThat(acquire.interested).isFalse();
		acquire.contended("there#7");
		assertThat(caller.outcome()).isEqualTo(new Outcome.Contended("there#7"));
		this.story.assertOver();
	}

	@Test
	void callerWithoutPatienceIsContendedAtOnceWhileTheNodeHolds() {
		Caller holder = this.story.holds();
		Caller caller = this.story.caller().waits(0).arrives();
		assertThat(caller.outcome()).isEqualTo(new Outcome.Contended("here#1"));
		assertThat(holder.holds()).isTrue();
		this.store.assertQuiet();
	}

	@Test
	void callerWithoutPatienceIsContendedAtOnceWhileOthersWaitHere() {
		this.story.arrives();
		this.store.acquire().contended("there#7");
		Caller caller = this.story.caller().waits(0).arrives();
		assertThat(caller.outcome()).isEqualTo(new Outcome.Contended("there#7"));
		this.store.assertQuiet();
	}

	@Test
	void callerWithoutPatienceSharesTheAnswerThatIsUnderWay() {
		Caller first = this.story.arrives();
		Caller second = this.story.caller().waits(0).arrives();
		this.store.acquire().grant();
		assertThat(first.holds()).isTrue();
		second.assertContended();
	}

	@Test
	void nodeAsksAgainWithInterestWhenPatienceCameAfterTheFirstQuestion() {
		this.story.caller().waits(0).arrives();
		AcquireRequest impatient = this.store.acquire();
		Caller patient = this.story.arrives();
		impatient.contended();
		AcquireRequest interested = this.store.acquire();
		assertThat(interested.interested).isTrue();
		assertThat(interested.owner).isNotEqualTo(impatient.owner);
		assertThat(patient.waits()).isTrue();
	}

	@Test
	void waitEndsContendedWhenSomebodyElseHoldsAllTheTime() {
		Caller caller = this.story.caller().waits(900).arrives();
		this.store.acquire().contended("there#7");
		this.story.pass(899);
		assertThat(caller.waits()).isTrue();
		this.story.pass(1);
		assertThat(caller.outcome()).isEqualTo(new Outcome.Contended("there#7"));
	}

	@Test
	void callerWhoHasHeardNothingYetStaysForTheAnswerThatIsUnderWay() {
		Caller caller = this.story.caller().waits(500).arrives();
		this.story.pass(600);
		assertThat(caller.waits()).isTrue();
		this.store.acquire().grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void grantThatArrivesAfterItsDeadlineIsReleasedAndAskedForAgain() {
		Caller caller = this.story.caller().leases(500).arrives();
		this.story.pass(494);
		AcquireRequest late = this.store.acquire();
		late.grant();
		this.story.pass(0);
		assertThat(caller.waits()).isTrue();
		assertThat(this.store.release().owner).isEqualTo(late.owner);
		AcquireRequest again = this.store.acquire();
		assertThat(again.owner).isNotEqualTo(late.owner);
		again.grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void nodeAsksAgainWhenItIsToldThatItIsNext() {
		Caller caller = this.story.arrives();
		this.store.acquire().contended();
		this.story.yourTurn();
		this.store.acquire().grant();
		assertThat(caller.holds()).isTrue();
	}

	@Test
	void nodeAsksAgainWhenYourTurnOvertookTheAnswerThatItFollows() {
		this.story.arrives();
		AcquireRequest acquire = this.store.acquire();
		this.story.yourTurn();
		this.store.assertQuiet();
		acquire.contended();
		this.store.acquire();
	}

	@Test
	void hintThatIsUsedUpDoesNotMakeTheNodeAskForEver() {
		this.story.arrives();
		AcquireRequest acquire = this.store.acquire();
		this.story.yourTurn();
		acquire.contended();
		this.store.acquire().contended();
		this.store.assertQuiet();
	}

	@Test
	void nodeAsksAgainWithinAboutASecondWhenTheHintIsLost() {
		this.story.arrives();
		this.store.acquire().contended(Duration.ofSeconds(30));
		this.story.pass(999);
		this.store.assertQuiet();
		this.story.pass(1);
		this.store.acquire();
	}

	@Test
	void nodeAsksAgainWhenTheHoldersLeaseIsOver() {
		this.story.arrives();
		this.store.acquire().contended(Duration.ofMillis(70));
		this.story.pass(70);
		this.store.acquire();
	}

	@Test
	void storeThatRefusesToServeLetsEverybodyGo() {
		Caller closed = this.story.arrives();
		Caller open = this.story.caller().failsOpen().arrives();
		this.store.acquire().refused();
		assertThat(closed.outcome()).isInstanceOf(Outcome.Misconfigured.class);
		assertThat(open.outcome()).isInstanceOf(Outcome.Misconfigured.class);
	}

	@Test
	void waitThatEndsAfterAGrantThatCameTooLateDoesNotPassForContention() {
		Caller caller = this.story.caller().leases(500).waits(800).arrives();
		this.story.pass(600);
		this.store.acquire().grant();
		this.story.pass(200);
		caller.assertUnavailable();
	}

}
