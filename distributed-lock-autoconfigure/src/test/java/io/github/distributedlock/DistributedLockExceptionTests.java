package io.github.distributedlock;

import java.time.Duration;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DistributedLockExceptionTests {

	private static final LockKey KEY = LockKey.of("orders", 42);

	@Test
	void contentionSaysWhoHoldsTheLockAndHowLongTheCallerWaited() {
		LockNotAcquiredException ex = new LockNotAcquiredException(KEY, Duration.ofMillis(50), "there#1");
		assertThat(ex).hasMessage("Lock 'orders:42' was not acquired within 50 ms: held by there#1");
		assertThat(ex.getKey()).isEqualTo(KEY);
		assertThat(ex.getWaited()).isEqualTo(Duration.ofMillis(50));
		assertThat(ex.getHolder()).isEqualTo("there#1");
		assertThat(new LockNotAcquiredException(KEY, Duration.ZERO, null)).hasMessageEndingWith("by somebody else");
	}

	@Test
	void outageSaysWhatTheStoreDidAndKeepsTheCause() {
		IllegalStateException cause = new IllegalStateException();
		LockUnavailableException ex = new LockUnavailableException(KEY, Duration.ofSeconds(1), "it was silent", cause);
		assertThat(ex).hasMessage("Lock 'orders:42' is unavailable after 1000 ms: it was silent").hasCause(cause);
		assertThat(ex.getWaited()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void lossSaysHowLongTheLockWasHeldAndWithWhichToken() {
		LockLostException ex = new LockLostException(KEY, Duration.ofSeconds(2), OptionalLong.of(7), "it is gone");
		assertThat(ex).hasMessage("Lock 'orders:42' was lost after 2000 ms: it is gone").hasNoCause();
		assertThat(ex.getHeld()).isEqualTo(Duration.ofSeconds(2));
		assertThat(ex.getFencingToken()).hasValue(7);
		assertThat(new LockLostException(KEY, Duration.ZERO, OptionalLong.empty(), "").getFencingToken()).isEmpty();
	}

	@Test
	void lossThatIsThrownAgainHasTheSameFactsAndTheFirstAsItsCause() {
		LockLostException first = new LockLostException(KEY, Duration.ofSeconds(2), OptionalLong.of(7), "it is gone");
		LockLostException again = first.again();
		assertThat(again).hasMessage(first.getMessage()).hasCause(first);
		assertThat(again.getKey()).isEqualTo(KEY);
		assertThat(again.getHeld()).isEqualTo(first.getHeld());
		assertThat(again.getFencingToken()).isEqualTo(first.getFencingToken());
	}

	@Test
	void otherKindsNameTheLock() {
		assertThat(new LockInterruptedException(KEY)).hasMessage("Interrupted while waiting for lock 'orders:42'");
		assertThat(new LockRegistryShutdownException(KEY)).hasMessageContaining("'orders:42'")
			.hasMessageContaining("shutting down");
		assertThat(new LockMisconfiguredException(KEY, "no rights", null))
			.hasMessage("Lock 'orders:42' cannot be used: no rights");
	}

	@Test
	void lossSaysWhetherTheWorkWasDone() {
		LockLostException loss = new LockLostException(KEY, Duration.ZERO, OptionalLong.of(7), "it is gone");
		assertThat(loss.isExecuted()).isFalse();
		assertThat(loss.again().isExecuted()).isFalse();
		assertThat(loss.afterWork().isExecuted()).isTrue();
		assertThat(loss.afterWork()).hasMessage(loss.getMessage()).hasCause(loss);
		assertThat(loss.afterWork().getFencingToken()).hasValue(7);
	}

	@Test
	void fullQueueSaysHowManyWait() {
		LockQueueFullException ex = new LockQueueFullException(KEY, 100, true);
		assertThat(ex).hasMessage(
				"Lock 'orders:42' was not acquired: 100 callers of this node already wait for it, and no more may");
		assertThat(ex.getLimit()).isEqualTo(100);
		assertThat(new LockQueueFullException(KEY, 100, false)).hasMessageContaining("already wait for locks");
	}

}
