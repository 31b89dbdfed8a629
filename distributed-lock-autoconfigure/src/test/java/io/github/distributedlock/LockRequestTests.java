package io.github.distributedlock;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LockRequestTests {

	private final LockRequest request = LockRequest.of("orders", 42);

	@Test
	void requestLeavesEverythingButTheKeyToTheRegistry() {
		assertThat(this.request).isEqualTo(new LockRequest(new LockKey("orders", "42"), null, null, true, null, null));
	}

	@Test
	void eachCopyChangesOneThing() {
		assertThat(this.request.withWaitTime(Duration.ofSeconds(1))
			.withLease(Duration.ofSeconds(2))
			.withoutRenewal()
			.withOnUnavailable(OutagePolicy.FAIL_OPEN)
			.withOnLost(LossPolicy.INTERRUPT))
			.isEqualTo(new LockRequest(LockKey.of("orders", 42), Duration.ofSeconds(1), Duration.ofSeconds(2), false,
					OutagePolicy.FAIL_OPEN, LossPolicy.INTERRUPT));
	}

	@Test
	void negativeWaitTimeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withWaitTime(Duration.ofMillis(-1)))
			.withMessageContaining("waitTime of lock 'orders:42'")
			.withMessageContaining("zero to try once");
	}

	@Test
	void leaseThatTwoRenewalsDoNotFitInIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withLease(Duration.ofMillis(499)))
			.withMessageContaining("lease of lock 'orders:42'")
			.withMessageContaining("at least 500ms");
		assertThat(this.request.withLease(Duration.ofMillis(500)).lease()).isEqualTo(Duration.ofMillis(500));
	}

}
