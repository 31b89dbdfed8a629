package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		this.now += Sleeper.AWAKE;
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
		assertThat(sleep(10 * Sleeper.AWAKE)).isFalse();
		assertThat(this.places.asked).isEqualTo(1);
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
		this.sleeper.wake();
		return 0;
	}

	@Test
	void threadWhoseWaitIsOverGoes() throws InterruptedException {
		assertThat(sleep(0)).isFalse();
		assertThat(this.places.asked).isZero();
	}

	@Test
	void threadThatIsInterruptedGoes() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> sleep(LONG));
	}

	@Test
	void threadThatSleepsIsWoken() {
		CompletableFuture<Boolean> woken = inBackground(new AtomicLong()::incrementAndGet);
		this.sleeper.wake();
		assertThat(woken.join()).isTrue();
	}

	@Test
	void threadThatIsCalledUpInVainSleepsAgain() {
		CompletableFuture<Boolean> woken = inBackground(steps());
		for (int i = 1; i <= 3; i++) {
			this.sleeper.callUp();
			this.places.awaitLeft(i);
		}
		this.sleeper.wake();
		assertThat(woken.join()).isTrue();
	}

	@Test
	void threadThatIsAwakeSeesByItselfThatItIsWoken() {
		CompletableFuture<Boolean> woken = inBackground(() -> 0);
		this.sleeper.callUp();
		this.places.awaitTaken();
		this.sleeper.wake();
		assertThat(woken.join()).isTrue();
		this.places.awaitLeft(1);
	}

	@Test
	void threadThatFindsNoPlaceSleepsOn() throws InterruptedException {
		this.places.acquire();
		this.sleeper.callUp();
		assertThat(sleep(2 * Sleeper.AWAKE)).isFalse();
		assertThat(this.places.asked).isEqualTo(1);
		assertThat(this.places.left).isZero();
	}

	private static Ticker steps() {
		AtomicLong now = new AtomicLong();
		return () -> now.addAndGet(Sleeper.AWAKE / 10);
	}

	private CompletableFuture<Boolean> inBackground(Ticker ticker) {
		CompletableFuture<Boolean> woken = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				woken.complete(this.sleeper.sleep(ticker.nanos() + LONG, ticker, this.vigil));
			}
			catch (InterruptedException ex) {
				woken.completeExceptionally(ex);
			}
		});
		thread.start();
		await(() -> thread.getState() == Thread.State.TIMED_WAITING);
		return woken;
	}

	/**
	 * Counts who asks for a place, and who leaves it.
	 */
	private static final class Places extends Semaphore {

		private static final long serialVersionUID = 1L;

		private volatile int asked;

		private volatile int left;

		Places(int permits) {
			super(permits);
		}

		@Override
		public boolean tryAcquire() {
			this.asked++;
			return super.tryAcquire();
		}

		@Override
		public void release() {
			super.release();
			this.left++;
		}

		void awaitTaken() {
			await(() -> availablePermits() == 0);
		}

		void awaitLeft(int times) {
			await(() -> this.left >= times);
		}

	}

	private static void await(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			assertThat(Thread.interrupted()).as("out of time").isFalse();
			Thread.onSpinWait();
		}
	}

}
