package io.github.distributedlock;

import java.time.Duration;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the exceptions tell.
 */
class LockExceptionTests {

	private static final LockKey KEY = LockKey.of("orders", 42);

	@Test
	void contentionTellsTheWaitAndTheHolder() {
		LockNotAcquiredException known = new LockNotAcquiredException(KEY, Duration.ofMillis(50), "node#7");
		assertThat(known).hasMessage("Lock 'orders:42' was not acquired within 50 ms: held by node#7");
		assertThat(known.getKey()).isEqualTo(KEY);
		assertThat(known.getWaited()).hasMillis(50);
		assertThat(known.getHolder()).isEqualTo("node#7");
		assertThat(new LockNotAcquiredException(KEY, Duration.ZERO, null))
			.hasMessageEndingWith("held by somebody else");
	}

	@Test
	void outageTellsTheWaitAndTheReason() {
		IllegalStateException cause = new IllegalStateException();
		LockUnavailableException exception = new LockUnavailableException(KEY, Duration.ofSeconds(1), "no answer",
				cause);
		assertThat(exception).hasMessage("Lock 'orders:42' is unavailable after 1000 ms: no answer").hasCause(cause);
		assertThat(exception.getWaited()).hasSeconds(1);
	}

	@Test
	void lossTellsTheHoldTimeAndTheToken() {
		LockLostException exception = new LockLostException(KEY, Duration.ofSeconds(2), OptionalLong.of(7), "gone");
		assertThat(exception).hasMessage("Lock 'orders:42' was lost after 2000 ms: gone");
		assertThat(exception.getHeld()).hasSeconds(2);
		assertThat(exception.getFencingToken()).hasValue(7);
		assertThat(new LockLostException(KEY, Duration.ZERO, OptionalLong.empty(), "gone").getFencingToken()).isEmpty();
	}

	@Test
	void lossThatIsThrownAgainTellsTheSame() {
		LockLostException known = new LockLostException(KEY, Duration.ofSeconds(2), OptionalLong.of(7), "gone");
		LockLostException again = known.again();
		assertThat(again).hasMessage(known.getMessage()).hasCause(known);
		assertThat(again.getKey()).isEqualTo(KEY);
		assertThat(again.getHeld()).hasSeconds(2);
		assertThat(again.getFencingToken()).hasValue(7);
	}

	@Test
	void othersNameTheLock() {
		assertThat(new LockInterruptedException(KEY)).hasMessageContaining("'orders:42'");
		assertThat(new LockRegistryShutdownException(KEY)).hasMessageContaining("'orders:42'");
		assertThat(new LockMisconfiguredException(KEY, "no rights", null)).hasMessageContaining("'orders:42'")
			.hasMessageContaining("no rights");
	}

}
