package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How the thread of a caller waits for its turn.
 */
@Timeout(60)
class SleeperTests {

	private static final long LONG = Duration.ofMinutes(5).toNanos();

	private final Sleeper sleeper = new Sleeper();

	private final Places places = new Places(1);

	private final Vigil vigil = new Vigil(this.places);

	private long now;

	/** A clock on which the time that a thread stays awake is over at the second look. */
	private long later() {
		this.now += Sleeper.MOMENT;
		return this.now;
	}

	private boolean sleep(long wait) throws InterruptedException {
		return this.sleeper.sleep(this.now + wait, this::later, this.vigil);
	}

	@Test
	void threadThatWasWokenBeforeItCameDoesNotWait() throws InterruptedException {
		this.sleeper.wake();
		assertThat(sleep(LONG)).isTrue();
	}

	@Test
	void threadThatWasCalledUpBeforeItCameStaysAwakeForAMoment() throws InterruptedException {
		this.sleeper.callUp();
		assertThat(sleep(10 * Sleeper.MOMENT)).isFalse();
		assertThat(this.places.asked()).isEqualTo(1);
	}

	@Test
	void threadThatIsWokenJustBeforeItSleepsGoesOn() throws InterruptedException {
		assertThat(this.sleeper.sleep(LONG, this::wakes, this.vigil)).isTrue();
	}

	@Test
	void threadThatIsWokenJustBeforeItStaysAwakeGoesOn() throws InterruptedException {
		this.sleeper.callUp();
		assertThat(this.sleeper.sleep(LONG, this::wakes, this.vigil)).isTrue();
	}

	/** The thread looks at the clock after it has seen that it is not woken yet. */
	private long wakes() {
		if (this.now++ == 0) {
			this.sleeper.wake();
		}
		return this.now;
	}

	@Test
	void threadWhoseWaitIsOverGoes() throws InterruptedException {
		assertThat(sleep(0)).isFalse();
		assertThat(this.places.asked()).isZero();
	}

	@Test
	void threadThatIsInterruptedGoes() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> sleep(LONG));
	}

	@Test
	void threadThatSleepsIsWoken() throws Exception {
		Background background = new Background(new AtomicLong()::incrementAndGet);
		this.sleeper.wake();
		assertThat(background.woken()).isTrue();
	}

	@Test
	void threadThatIsCalledUpInVainSleepsAgain() throws Exception {
		AtomicLong now = new AtomicLong();
		Background background = new Background(() -> now.addAndGet(Sleeper.MOMENT / 10));
		for (int i = 1; i <= 3; i++) {
			int times = i;
			this.sleeper.callUp();
			await().until(() -> this.places.left() == times);
			background.awaitAsleep();
		}
		this.sleeper.wake();
		assertThat(background.woken()).isTrue();
	}

	@Test
	void threadThatIsAwakeSeesByItselfThatItIsWoken() throws Exception {
		Background background = new Background(() -> 0);
		this.sleeper.callUp();
		await().until(() -> this.places.availablePermits() == 0);
		this.sleeper.wake();
		assertThat(background.woken()).isTrue();
		assertThat(this.places.left()).isEqualTo(1);
	}

	@Test
	void wakeMayBeRepeatedByWhoeverDidNotCompleteIt() throws InterruptedException {
		assertThat(this.sleeper.sleep(LONG, this::wakes, this.vigil)).isTrue();
		this.sleeper.wake();
		LockSupport.parkNanos(LONG);
		assertThat(Thread.interrupted()).as("out of time").isFalse();
	}

	@Test
	void poolWhoseThreadSleepsGoesOnWithAnother() throws Exception {
		ForkJoinPool pool = new ForkJoinPool(1);
		try {
			Future<Boolean> woken = pool.submit(() -> this.sleeper.sleep(LONG, () -> 0, this.vigil));
			pool.submit(this.sleeper::wake);
			assertThat(woken.get(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			pool.shutdownNow();
		}
	}

	@Test
	void threadThatFindsNoPlaceSleepsOn() throws InterruptedException {
		this.places.acquire();
		this.sleeper.callUp();
		assertThat(sleep(2 * Sleeper.MOMENT)).isFalse();
		assertThat(this.places.asked()).isEqualTo(1);
		assertThat(this.places.left()).isZero();
	}

	/**
	 * A thread that sleeps.
	 */
	private final class Background {

		private final FutureTask<Boolean> task;

		private final Thread thread;

		Background(Ticker ticker) {
			this.task = new FutureTask<>(
					() -> SleeperTests.this.sleeper.sleep(ticker.nanos() + LONG, ticker, SleeperTests.this.vigil));
			this.thread = new Thread(this.task);
			this.thread.setDaemon(true);
			this.thread.start();
			awaitAsleep();
		}

		void awaitAsleep() {
			await().until(() -> this.thread.getState() == Thread.State.TIMED_WAITING);
		}

		boolean woken() throws Exception {
			return this.task.get(30, TimeUnit.SECONDS);
		}

	}

}
