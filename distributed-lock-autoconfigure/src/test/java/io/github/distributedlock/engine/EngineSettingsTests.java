package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EngineSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

	@Test
	void defaultsAreThoseThatAreDocumented() {
		assertThat(EngineSettings.defaults()).isEqualTo(new EngineSettings(Duration.ofSeconds(5),
				Duration.ofSeconds(30), OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, SECOND, true, Duration.ofMillis(20),
				null, ReleaseMode.SYNC, BreakerSettings.defaults(), WaiterLimits.defaults()));
	}

	@Test
	void valuesThatCannotWorkAreRefusedByName() {
		refuses("waitTime", Duration.ofMillis(-1), SECOND, SECOND, SECOND, null);
		refuses("lease", SECOND, Duration.ofMillis(499), SECOND, SECOND, null);
		refuses("commandTimeout", SECOND, SECOND, Duration.ZERO, SECOND, null);
		refuses("commandTimeout", SECOND, SECOND, Duration.ofMillis(-1), SECOND, null);
		refuses("handOffSlice", SECOND, SECOND, SECOND, Duration.ofNanos(999_999), null);
		refuses("maxHold", SECOND, SECOND, SECOND, SECOND, Duration.ZERO);
	}

	private static void refuses(String name, Duration waitTime, Duration lease, Duration commandTimeout,
			Duration handOffSlice, @Nullable Duration maxHold) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings(waitTime, lease, commandTimeout, handOffSlice, maxHold))
			.withMessageStartingWith("'" + name + "' must be ");
	}

	@Test
	void endlessDurationsAreTaken() {
		EngineSettings endless = settings(ENDLESS, SECOND, ENDLESS, ENDLESS, ENDLESS);
		Story story = new Story(endless);
		Terms terms = story.engine().terms(LockRequest.of(Story.ORDER).withWaitTime(ENDLESS));
		Turn turn = new Turn(terms);
		story.engine().enter(turn);
		story.store().acquire().grant();
		assertThat(turn.outcome()).isCompleted();
		story.pass(334);
		story.store().renewal().renewed();
		Outcome.Held held = (Outcome.Held) turn.outcome().join();
		assertThat(held.lease().isValid()).isTrue();
		held.lease().release();
		story.store().release().released();
		story.assertOver();
	}

	private static EngineSettings settings(Duration waitTime, Duration lease, Duration commandTimeout,
			Duration handOffSlice, @Nullable Duration maxHold) {
		return new EngineSettings(waitTime, lease, OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, commandTimeout, true,
				handOffSlice, maxHold, ReleaseMode.SYNC, BreakerSettings.defaults(), WaiterLimits.defaults());
	}

}
