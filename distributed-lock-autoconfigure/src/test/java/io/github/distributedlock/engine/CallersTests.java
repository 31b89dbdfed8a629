package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Threads that are paused between the grant and their own waking up. The pause is made
 * when the queue tells the keeper about the grant, which is before the caller knows.
 */
class CallersTests {

	private final AtomicLong time = new AtomicLong();

	private final AtomicInteger pauses = new AtomicInteger();

	private final AtomicLong delay = new AtomicLong();

	private final InMemoryStore store = new InMemoryStore(() -> this.time.getAndAdd(this.delay.getAndSet(0)));

	private final Engine engine = new Engine(this.store.connect(), EngineSettings.defaults(), this.time::get,
			(range) -> 0);

	private final Callers callers = new Callers(this.engine);

	CallersTests() {
		this.engine.alarm((due) -> {
			boolean held = due != Ticker.NEVER && due - this.time.get() > Duration.ofSeconds(2).toNanos();
			if (held && this.pauses.getAndDecrement() > 0) {
				this.time.addAndGet(Duration.ofMinutes(1).toNanos());
			}
		});
	}

	@Test
	void threadThatWakesUpAfterItsDeadlineAsksAgain() {
		this.pauses.set(1);
		LocalLease lease = this.callers.acquire(terms(Duration.ofMinutes(5)));
		assertThat(this.pauses).hasValueLessThan(1);
		assertThat(lease.isValid()).isTrue();
	}

	@Test
	void threadThatIsPausedWhileTheStoreAnswersAtOnceAsksAgain() {
		this.delay.set(Duration.ofMinutes(1).toNanos());
		LocalLease lease = this.callers.acquire(terms(Duration.ZERO));
		assertThat(this.delay).hasValue(0);
		assertThat(lease.isValid()).isTrue();
		assertThat(lease.remaining()).isPositive();
	}

	@Test
	void threadThatWakesUpAfterItsDeadlineAsksOnceMoreWhenItsWaitIsOver() {
		this.pauses.set(1);
		assertThat(this.callers.acquire(terms(Duration.ZERO)).isValid()).isTrue();
	}

	@Test
	void threadThatIsPausedAgainAndAgainIsToldSoAndHoldsNothing() {
		this.pauses.set(100);
		assertThatExceptionOfType(LockUnavailableException.class)
			.isThrownBy(() -> this.callers.acquire(terms(Duration.ofMinutes(3))))
			.withMessageContaining("paused until the lease that it got was over");
		assertThat(this.engine.queues()).allMatch(KeyQueue::isIdle);
	}

	private Terms terms(Duration waitTime) {
		return this.engine.terms(LockRequest.of(Story.ORDER).withWaitTime(waitTime));
	}

}
