package io.github.distributedlock.engine;

import io.github.distributedlock.LockKey;
import org.junit.jupiter.api.Test;

/**
 * When leases are renewed that have nothing to do with each other.
 */
class RenewalMomentsTests {

	private final Story story = new Story();

	private final ScriptedStore store = this.story.store();

	private void acquire(int order) {
		this.story.caller().key(LockKey.of("orders", order)).arrives();
		this.store.acquire().grant();
	}

	@Test
	void leasesOfOneLengthAreRenewedAtTheSameMoments() {
		acquire(1);
		this.story.pass(40);
		acquire(2);
		this.story.pass(9960);
		this.store.renewal().renewed();
		this.store.renewal().renewed();
		this.story.pass(9999);
		this.store.assertQuiet();
		this.story.pass(1);
		this.store.renewal().renewed();
		this.store.renewal().renewed();
	}

	@Test
	void leasesOfDifferentMomentsStayApart() {
		acquire(1);
		this.story.pass(2000);
		acquire(2);
		this.story.pass(8000);
		this.store.renewal().renewed();
		this.store.assertQuiet();
		this.story.pass(2000);
		this.store.renewal().renewed();
	}

	@Test
	void manyKeysHaveMoreMoments() {
		for (int order = 0; order < 20_000; order++) {
			acquire(order);
		}
		this.story.pass(1000);
		acquire(20_000);
		this.story.pass(9000);
		for (int order = 0; order < 20_000; order++) {
			this.store.renewal().renewed();
		}
		this.store.assertQuiet();
		this.story.pass(1000);
		this.store.renewal().renewed();
	}

}
