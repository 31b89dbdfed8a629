package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks a backend for locks.
 */
final class Locks {

	private static final AtomicLong SEQUENCE = new AtomicLong();

	private Locks() {
	}

	/**
	 * Waits until the backend is connected and keeps locks.
	 * @param backend the backend
	 */
	static void awaitKept(LockBackend backend) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptions()
			.untilAsserted(() -> keep(backend));
	}

	/**
	 * Takes and releases a lock of its own.
	 * @param backend the backend
	 * @throws Exception if the backend does not answer
	 */
	static void keep(LockBackend backend) throws Exception {
		long sequence = SEQUENCE.incrementAndGet();
		LockKey key = LockKey.of("client-tests-" + sequence);
		String owner = backend.node() + "#" + sequence;
		assertThat(backend.tryAcquire(key, owner, Duration.ofSeconds(10), 1, false).get(5, TimeUnit.SECONDS))
			.isInstanceOf(Attempt.Granted.class);
		assertThat(backend.release(key, owner, false).get(5, TimeUnit.SECONDS)).isEqualTo(Release.RELEASED);
	}

}
