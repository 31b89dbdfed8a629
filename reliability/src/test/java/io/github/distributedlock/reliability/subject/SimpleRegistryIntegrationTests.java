package io.github.distributedlock.reliability.subject;

import java.nio.file.Path;
import java.time.Duration;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.proxy.FaultProxy;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The lock that is not broken must not be: else the checker is blamed for what it finds.
 */
class SimpleRegistryIntegrationTests {

	private static final LockRequest REQUEST = LockRequest.of("it", "orders")
		.withLease(Duration.ofMillis(500))
		.withWaitTime(Duration.ZERO);

	@Test
	void grantThatComesAfterItsLeaseIsGivenBack(@TempDir Path directory) {
		try (RedisProcess server = RedisProcess.launch();
				FaultProxy network = new FaultProxy(server.port());
				EventLog log = new EventLog(directory.resolve("a.events"), "a")) {
			SimpleRegistry registry = new SimpleRegistry("a", Flaw.NONE, network.port(), log);
			network.delay(300, 0);
			assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> registry.acquire(REQUEST));
			network.heal();
			try (Lease lease = registry.acquire(REQUEST.withWaitTime(Duration.ofSeconds(2)))) {
				assertThat(lease.isValid()).isTrue();
			}
		}
	}

}
