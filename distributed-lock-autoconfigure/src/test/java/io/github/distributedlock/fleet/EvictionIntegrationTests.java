package io.github.distributedlock.fleet;

import io.github.distributedlock.LockMisconfiguredException;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A Redis that may throw locks away.
 */
class EvictionIntegrationTests {

	private final RedisProcess server = RedisProcess.launch("--maxmemory", "100mb", "--maxmemory-policy",
			"allkeys-lru");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void methodThatFailsOpenDoesNotRun() {
		try (ConfigurableApplicationContext node = Fleet.start(this.server)) {
			Work work = node.getBean(Work.class);
			assertThatExceptionOfType(LockMisconfiguredException.class).isThrownBy(() -> work.open(1))
				.withMessageContaining("allkeys-lru");
		}
	}

	@Test
	void methodThatFailsOpenDoesNotRunWhenThatIsFoundOutAfterTheStart() {
		this.server.stop();
		try (ConfigurableApplicationContext node = Fleet.start(this.server)) {
			Work work = node.getBean(Work.class);
			assertThat(work.open(1).isProtected()).isFalse();
			this.server.restart();
			refusesSoon(work);
		}
	}

	private static void refusesSoon(Work work) {
		long begun = System.nanoTime();
		while (System.nanoTime() - begun < 20_000_000_000L) {
			try {
				assertThat(work.open(1).isProtected()).isFalse();
			}
			catch (LockMisconfiguredException ex) {
				return;
			}
		}
		throw new AssertionError("It still fails open");
	}

	@Test
	void methodRunsWhenEvictionIsAccepted() {
		try (ConfigurableApplicationContext node = Fleet.start(this.server,
				"distributed-lock.redis.allow-eviction=true")) {
			assertThat(node.getBean(Work.class).open(1).isProtected()).isTrue();
		}
	}

}
