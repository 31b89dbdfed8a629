package io.github.distributedlock.reliability.check;

import io.github.distributedlock.reliability.history.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each check lets pass what is right, and finds the history that is made to fail it.
 */
class CheckerTests {

	private final Story story = new Story();

	@Test
	void leasesOneAfterTheOtherAreRight() {
		this.story.held(10, 100, "a1", 1).held(101, 200, "b1", 2).held(201, 300, "a2", 3);
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void leaseGrantedWhileAnotherIsValidIsAnOverlap() {
		this.story.held(10, 100, "a1", 1).held(90, 200, "b1", 2);
		assertThat(this.story.check().violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.nanos()).isEqualTo(10_000_000));
	}

	@Test
	void overlapWithALongLeaseIsFoundBehindAShortOne() {
		this.story.held(10, 900, "a1", 1).held(1000, 1100, "b1", 2).held(20, 30, "c1", 3).held(800, 850, "d1", 4);
		assertThat(this.story.violations()).contains("MX");
	}

	@Test
	void stoppedHolderIsNoOverlapOnceItsDeadlineHasPassed() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).held(1511, 1600, "b1", 2);
		this.story.checked(5000, "a1", false).add(5001, "a", Kind.RELEASING, "a1", 0, 0, "invalid");
		this.story.ended(5002, "a1", "LockLostException");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void holderThatStillBelievesAfterItsDeadlineIsAnOverlap() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).checked(1000, "a1", true).held(1511, 1600, "b1", 2);
		assertThat(this.story.violations()).containsExactly("MX");
	}

	@Test
	void deadHolderIsNoOverlap() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).process(100, "a", Kind.DIED).held(101, 200, "b1", 2);
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void overlapInsideADocumentedWindowIsCountedApart() {
		this.story.held(10, 100, "a1", 1).held(90, 200, "b1", 2).fault(80, 120, "MX,EG");
		assertThat(this.story.check().violations()).isEmpty();
		assertThat(this.story.check().admitted()).hasSize(1);
	}

	@Test
	void windowThatAdmitsSomethingElseExcusesNoOverlap() {
		this.story.held(10, 100, "a1", 1).held(90, 200, "b1", 2).fault(80, 120, "LS");
		assertThat(this.story.violations()).containsExactly("MX");
	}

	@Test
	void grantWhileAnotherOwnerIsKeptIsEarly() {
		this.story.asked(10, "a#1").storeGranted(11, "a#1", 1).asked(500, "b#1").storeGranted(501, "b#1", 2);
		assertThat(this.story.violations()).containsExactly("EG");
	}

	@Test
	void grantAfterReleaseExpiryOrTheEndOfARenewalIsNotEarly() {
		this.story.asked(10, "a#1").storeGranted(11, "a#1", 1).storeReleasing(400, "a#1");
		this.story.asked(500, "b#1").storeGranted(501, "b#1", 2).renewed(1000, 1001, "b#1");
		this.story.asked(2501, "c#1").storeGranted(2502, "c#1", 3);
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void grantDuringAConfirmedRenewalIsEarly() {
		this.story.asked(10, "a#1").storeGranted(11, "a#1", 1).renewed(1000, 1001, "a#1");
		this.story.asked(1600, "b#1").storeGranted(1601, "b#1", 2);
		assertThat(this.story.violations()).containsExactly("EG");
	}

	@Test
	void answerThatIsReadAfterTheNextGrantIsNoEarlyGrant() {
		this.story.asked(10, "a#1").asked(1600, "b#1").storeGranted(1601, "b#1", 2).storeGranted(2500, "a#1", 1);
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void earlyGrantIsFoundWhoeverReadsItsAnswerFirst() {
		this.story.asked(10, "a#1").asked(600, "b#1").storeGranted(601, "b#1", 2).storeGranted(700, "a#1", 1);
		assertThat(this.story.violations()).containsExactly("EG");
	}

	@Test
	void renewalThatIsConfirmedAfterAnotherOwnersGrantIsStillAnEarlyGrant() {
		this.story.asked(10, "a#1").storeGranted(11, "a#1", 1).asked(1600, "b#1").storeGranted(1601, "b#1", 2);
		this.story.renewed(1000, 1700, "a#1");
		assertThat(this.story.violations()).containsExactly("EG");
	}

	@Test
	void leaseThatWasOverWhenItsProcessWentOnIsNoOverlap() {
		this.story.held(1601, 3000, "b1", 2).invoked(9, "a1", 0);
		this.story.add(2500, "a", Kind.GRANTED, "a1", 1, 2_500_000_000L, "protected");
		this.story.add(2501, "a", Kind.RELEASING, "a1", 0, 0, "invalid").ended(2502, "a1", "LockLostException");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void renewalAfterAnotherOwnersGrantIsFoundWhateverTheFault() {
		this.story.asked(10, "a#1").storeGranted(11, "a#1", 1).asked(500, "b#1").storeGranted(501, "b#1", 2);
		this.story.renewed(600, 601, "a#1").fault(0, 5000, "MX,EG");
		assertThat(this.story.violations()).containsExactly("RN");
	}

	@Test
	void overlapThatOutlivesItsWindowIsFound() {
		this.story.held(10, 200, "a1", 1).held(90, 300, "b1", 2).fault(80, 120, "MX,EG");
		assertThat(this.story.violations()).containsExactly("MX");
	}

	@Test
	void tokenThatGoesBackIsFound() {
		this.story.held(10, 100, "a1", 2).held(101, 200, "b1", 1);
		assertThat(this.story.violations()).containsExactly("TK");
	}

	@Test
	void tokenGivenTwiceIsFound() {
		this.story.held(10, 100, "a1", 7).held(101, 200, "b1", 7);
		assertThat(this.story.violations()).containsExactly("TK");
	}

	@Test
	void tokensOfConcurrentQuestionsMayBeInAnyOrder() {
		this.story.invoked(1, "a1", 0).granted(10, "a1", 2).released(11, "a1", "returned");
		this.story.invoked(2, "b1", 0).granted(12, "b1", 1).released(13, "b1", "returned");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void tokenRaisedOnReentryIsFound() {
		this.story.held(10, 100, "a1", 7).add(50, "a", Kind.REENTERED, "a1", 8, 0, "");
		assertThat(this.story.violations()).containsExactly("TK");
	}

	@Test
	void staleTokenAcceptedIsFound() {
		this.story.wrote(1, "a1", 5, "accepted 0 0").wrote(2, "b1", 4, "accepted 0 0");
		assertThat(this.story.violations()).containsExactly("LU");
	}

	@Test
	void changeOverwrittenInSpiteOfFencingIsFound() {
		this.story.wrote(1, "a1", 5, "accepted 1 1");
		assertThat(this.story.violations()).containsExactly("LU");
	}

	@Test
	void refusedChangeIsRight() {
		this.story.wrote(1, "a1", 5, "accepted 0 0").wrote(2, "b1", 4, "refused 1 0");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void yesAfterAPauseLongerThanTheLeaseIsFound() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).resumed(20, 2000, "a");
		this.story.checked(2001, "a1", true);
		assertThat(this.story.violations()).containsExactly("LS");
	}

	@Test
	void listenerToldLateIsFound() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).told(1700, "a1");
		assertThat(this.story.violations()).containsExactly("LS");
	}

	@Test
	void listenerToldAtTheDeadlineIsRight() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).told(1511, "a1");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void listenerToldLateAfterTheStoreSaidNoIsFound() {
		this.story.storeGranted(9, "a#1", 1).invoked(9, "a1", 0).granted(10, "a1", 1);
		this.story.add(20, "a", Kind.RENEWAL_LOST, "a#1", 0, 0, "").told(200, "a1");
		assertThat(this.story.violations()).containsExactly("LS");
	}

	@Test
	void lateNoToTheLastOwnerSaysNothingAboutTheNext() {
		this.story.storeGranted(9, "a#2", 2).invoked(9, "a1", 0).granted(10, "a1", 2);
		this.story.add(20, "a", Kind.RENEWAL_LOST, "a#1", 0, 0, "").told(200, "a1");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void renewalAfterReleaseIsAZombie() {
		this.story.storeReleasing(10, "a#1").add(100, "a", Kind.RENEWING, "a#1", 0, 0, "");
		assertThat(this.story.violations()).containsExactly("ZR");
	}

	@Test
	void workThatReturnsAfterAKnownLossIsFound() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1).told(20, "a1");
		this.story.add(20, "a", Kind.RENEWAL_LOST, "a#1", 0, 0, "").released(30, "a1", "returned");
		assertThat(this.story.violations()).containsExactly("EX");
	}

	@Test
	void refusalOfAnUnknownKindIsFound() {
		this.story.invoked(9, "a1", 0).ended(10, "a1", "RedisException");
		assertThat(this.story.violations()).containsExactly("EX");
	}

	@Test
	void waitBeyondTheWaitTimeIsFoundUnlessTheProcessStoodStill() {
		this.story.invoked(0, "a1", 1000).ended(4000, "a1", "LockNotAcquiredException");
		assertThat(this.story.violations()).containsExactly("EX");
		this.story.resumed(1000, 3000, "a");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void waiterWhomNobodyWakesIsFound() {
		this.story.held(10, 100, "a1", 1)
			.invoked(50, "b1", 10_000)
			.granted(5000, "b1", 2)
			.released(5001, "b1", "returned");
		assertThat(this.story.violations()).containsExactly("LV");
	}

	@Test
	void standstillThatIsAdmittedIsRightHoweverMuchLongerTheWaitTakes() {
		this.story.fault(200, 5400, "LV")
			.held(300, 400, "a1", 1)
			.invoked(350, "b1", 10_000)
			.held(5000, 5500, "c1", 2)
			.granted(6000, "b1", 3)
			.released(6001, "b1", "returned");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void waiterBehindALongHolderIsRight() {
		this.story.invoked(9, "a1", 0).granted(10, "a1", 1);
		for (int at = 1000; at < 9000; at += 1000) {
			this.story.checked(at, "a1", true);
		}
		this.story.released(9000, "a1", "returned");
		this.story.invoked(50, "b1", 10_000).granted(9001, "b1", 2).released(9002, "b1", "returned");
		assertThat(this.story.violations()).isEmpty();
	}

	@Test
	void whatIsLeftOverIsFound() {
		this.story.add(1, "a", Kind.LEAKED, "", 0, 0, "3 threads");
		assertThat(this.story.violations()).containsExactly("LK");
	}

}
