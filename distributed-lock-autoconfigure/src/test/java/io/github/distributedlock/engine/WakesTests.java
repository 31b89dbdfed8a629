package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Who is woken when, and by whom.
 */
class WakesTests {

	private final Wakes wakes = new Wakes();

	private final List<String> seen = new ArrayList<>();

	private void wake(String caller) {
		this.wakes.wake(() -> this.seen.add(caller));
	}

	@Test
	void callerWhoseAnswerComesAloneIsWokenAtOnce() {
		wake("caller");
		assertThat(this.seen).containsExactly("caller");
	}

	@Test
	void callersAreWokenWhenAllAnswersThatCameTogetherAreGiven() {
		this.wakes.deliver(() -> {
			wake("first");
			wake("second");
			this.seen.add("all given");
		});
		assertThat(this.seen).containsExactly("all given", "first", "second");
	}

	@Test
	void whoeverIsWokenWakesAnotherOne() {
		this.wakes.deliver(() -> {
			this.wakes.wake(() -> {
				this.seen.add("first");
				this.wakes.help();
				this.seen.add("first goes on");
			});
			wake("second");
			wake("third");
		});
		assertThat(this.seen).containsExactly("first", "second", "first goes on", "third");
	}

	@Test
	void deliveryWithinAnotherWakesNobodyBeforeTheOtherEnds() {
		this.wakes.deliver(() -> {
			wake("outer");
			this.wakes.deliver(() -> wake("inner"));
			this.seen.add("all given");
		});
		assertThat(this.seen).containsExactly("all given", "outer", "inner");
	}

	@Test
	void callersAreWokenWhenAnAnswerCannotBeGiven() {
		assertThatIllegalStateException().isThrownBy(() -> this.wakes.deliver(() -> {
			wake("caller");
			throw new IllegalStateException("an answer");
		}));
		assertThat(this.seen).containsExactly("caller");
	}

	@Test
	void nobodyElseWaitsForADelivery() {
		this.wakes.deliver(() -> {
			Thread other = new Thread(() -> wake("other"));
			other.start();
			join(other);
			this.seen.add("all given");
		});
		assertThat(this.seen).containsExactly("other", "all given");
	}

	@Test
	void callerThatStopsWaitingWakesAllWhoseAnswersWereGiven() {
		this.wakes.deliver(() -> {
			wake("first");
			wake("second");
			Thread waiting = new Thread(this.wakes::wakeAll);
			waiting.start();
			join(waiting);
			this.seen.add("all given");
		});
		assertThat(this.seen).containsExactly("first", "second", "all given");
	}

	@Test
	void callerThatCouldNotBeWokenIsWokenByTheNext() {
		AtomicInteger attempts = new AtomicInteger();
		this.wakes.deliver(() -> {
			this.wakes.wake(() -> {
				if (attempts.incrementAndGet() < 3) {
					throw new StackOverflowError();
				}
				this.seen.add("first");
			});
			wake("second");
		});
		this.wakes.help();
		assertThat(this.seen).containsExactly("second");
		this.wakes.help();
		assertThat(this.seen).containsExactly("second", "first");
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void helpWithNobodyAsleepDoesNothing() {
		this.wakes.help();
		assertThat(this.seen).isEmpty();
	}

	@Test
	void threadThatGivesAnswersCallsNobodyUp() {
		assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
		Sleeper during = new Sleeper();
		Sleeper after = new Sleeper();
		this.wakes.deliver(() -> this.wakes.callUp(during, 0));
		this.wakes.callUp(after, 0);
		assertThat(Caller.isCalledUp(during)).isFalse();
		assertThat(Caller.isCalledUp(after)).isTrue();
	}

}
