package io.github.distributedlock.fencing;

import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.MissingTokenException;
import io.github.distributedlock.backend.memory.InMemoryStore;
import io.github.distributedlock.engine.DefaultLockRegistry;
import io.github.distributedlock.engine.EngineSettings;
import io.github.distributedlock.engine.UnprotectedLockRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FencingGuard}, and for the names of resources.
 */
class FencingGuardTests {

	private static final LockRequest ORDER = LockRequest.of("orders", 42);

	private final List<String> checked = new ArrayList<>();

	private final FencingGuard guard = new FencingGuard() {

		@Override
		public void check(LockKey key, long token) {
			check(ResourceName.of(key), token);
		}

		@Override
		public void check(String resource, long token) {
			FencingGuardTests.this.checked.add(resource + "=" + token);
		}

	};

	@Test
	void checksTheTokenOfALeaseAtTheResourceOfItsLock() {
		DefaultLockRegistry registry = new DefaultLockRegistry(new InMemoryStore().connect(),
				EngineSettings.defaults());
		try (Lease lease = registry.acquire(ORDER)) {
			this.guard.check(lease);
			assertThat(this.checked).containsExactly("orders:42=" + lease.fencingToken().orElseThrow());
		}
	}

	@Test
	void refusesAnUnprotectedLease() {
		try (Lease lease = new UnprotectedLockRegistry().acquire(ORDER)) {
			assertThatExceptionOfType(MissingTokenException.class).isThrownBy(() -> this.guard.check(lease))
				.withMessageContaining("lock 'orders:42' is unprotected");
		}
		assertThat(this.checked).isEmpty();
	}

	@Test
	void refusesToCheckWithoutALease() {
		assertThatExceptionOfType(MissingTokenException.class).isThrownBy(() -> this.guard.check(null))
			.withMessageContaining("No lock is held");
	}

	@Test
	void differentLocksHaveDifferentResources() {
		assertThat(List.of(LockKey.of("a:b", "c"), LockKey.of("a", "b:c"), LockKey.of("a:b:c"),
				LockKey.of("a\\:b", "c"), LockKey.of("a\\", "b:c")))
			.extracting(ResourceName::of)
			.doesNotHaveDuplicates();
	}

	@Test
	void longNamesAreStoredShortAndApart() {
		String longest = "x".repeat(ResourceName.LONGEST);
		assertThat(ResourceName.stored(longest)).isEqualTo(longest);
		assertThat(ResourceName.stored(longest + "1")).hasSize(ResourceName.LONGEST)
			.isNotEqualTo(ResourceName.stored(longest + "2"));
		assertThat(ResourceName.stored("x".repeat(189) + "\uD83D\uDD12".repeat(40))).hasSizeLessThan(256)
			.matches("x{189}#[0-9a-f]{64}");
	}

}
