package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.engine.ScriptedRequest.RenewRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether renewals that came together go on to do so.
 */
class RenewalSpreadTests {

	private static final int LEASES = 10;

	private static final Jitter NONE = (range) -> 0;

	private final AtomicInteger drawn = new AtomicInteger();

	/** Divides a range among the leases, one after the other. */
	private final Jitter even = (range) -> range * (this.drawn.getAndIncrement() % LEASES) / (LEASES - 1);

	private Jitter jitter = NONE;

	private final Story story = new Story((range) -> this.jitter.upTo(range));

	private final ScriptedStore store = this.story.store();

	private void acquireTogether() {
		for (int order = 0; order < LEASES; order++) {
			this.story.caller().key(LockKey.of("orders", order)).arrives();
			this.store.acquire().grant();
		}
	}

	/**
	 * Lets time pass and answers each renewal.
	 * @return when they came, in milliseconds
	 */
	private List<Long> renewals(long millis, Consumer<RenewRequest> answer) {
		List<Long> moments = new ArrayList<>();
		for (long passed = 0; passed < millis; passed += 10) {
			this.story.pass(10);
			while (this.store.pending() > 0) {
				answer.accept(this.store.renewal());
				moments.add(this.story.now() / 1_000_000);
			}
		}
		return moments;
	}

	private static List<Long> later(List<Long> moments, long millis) {
		return moments.stream().map((moment) -> moment + millis).toList();
	}

	/**
	 * Expects renewals at four of five moments.
	 */
	private static void assertApart(List<Long> moments, long latest) {
		assertThat(moments).hasSize(LEASES).containsOnly(latest - 6000, latest - 4000, latest - 2000, latest);
	}

	@Test
	void leasesThatWereAcquiredTogetherAreRenewedApart() {
		this.jitter = this.even;
		acquireTogether();
		List<Long> first = renewals(10_000, RenewRequest::renewed);
		assertApart(first, 10_000);
		assertThat(renewals(10_000, RenewRequest::renewed)).isEqualTo(later(first, 10_000));
	}

	@Test
	void leasesThatAnOutageBroughtTogetherAreRenewedApartAfterIt() {
		acquireTogether();
		assertThat(renewals(10_000, (renewal) -> renewal.unavailable(true))).hasSize(LEASES).containsOnly(10_000L);
		this.jitter = this.even;
		List<Long> back = renewals(500, RenewRequest::renewed);
		assertThat(back).hasSize(LEASES).containsOnly(10_500L);
		List<Long> after = renewals(10_000, RenewRequest::renewed);
		assertApart(after, 20_000);
		assertThat(renewals(10_000, RenewRequest::renewed)).isEqualTo(later(after, 10_000));
	}

	@Test
	void leasesStayTogetherWithoutAnOutage() {
		acquireTogether();
		assertThat(renewals(10_000, RenewRequest::renewed)).hasSize(LEASES).containsOnly(10_000L);
		this.jitter = this.even;
		assertThat(renewals(10_000, RenewRequest::renewed)).hasSize(LEASES).containsOnly(20_000L);
	}

}
