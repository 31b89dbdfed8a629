package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
	void nobodyElseWaitsForADelivery() throws InterruptedException {
		this.wakes.deliver(() -> {
			Thread other = new Thread(() -> wake("other"));
			other.start();
			try {
				other.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			this.seen.add("all given");
		});
		assertThat(this.seen).containsExactly("other", "all given");
	}

	@Test
	void helpWithNobodyAsleepDoesNothing() {
		this.wakes.help();
		assertThat(this.seen).isEmpty();
	}

}
