package io.github.distributedlock.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.Lease;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.process.JvmProcess;
import io.github.distributedlock.test.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class HoldingIntegrationTests {

	private static final Duration LEASE = Duration.ofMillis(1500);

	/** For so long at least would a lock stay taken that is renewed and not released. */
	private static final Duration UNRELEASED = LEASE.dividedBy(2);

	@RegisterExtension
	private final OneNode<RedisServer> node = new OneNode<>(RedisServer.start());

	private final RedisServer server = this.node.server();

	private final Work work = this.node.work();

	@Test
	void methodThatRunsThreeLeasesLongKeepsItsLock() throws Exception {
		try (ConfigurableApplicationContext other = Fleet.start(this.server)) {
			Lease lease = this.work.renewed(42, () -> {
				CountDownLatch never = new CountDownLatch(1);
				long end = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
				while (System.nanoTime() < end) {
					assertThat(other.getBean(Work.class).openOrSkipped(42)).isNull();
					never.await(50, TimeUnit.MILLISECONDS);
				}
				assertThat(this.work.lease().isValid()).isTrue();
				return this.work.lease();
			});
			assertThat(lease.isValid()).isFalse();
			assertThat(other.getBean(Work.class).openOrSkipped(42)).isNotNull();
		}
	}

	@Test
	void killedProcessFreesItsLockWithTheLease() throws Exception {
		try (JvmProcess holder = JvmProcess.start(HoldingNode.class, this.server.host(), "" + this.server.port())) {
			holder.await("held");
			holder.kill();
			long killed = System.nanoTime();
			this.work.patient(42, () -> null);
			assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE.multipliedBy(2));
		}
	}

	@Test
	void gracefulStopKeepsTheLockUntilTheMethodEndsAndThenFreesItAtOnce() throws Exception {
		try (JvmProcess holder = JvmProcess.start(HoldingNode.class, this.server.host(), "" + this.server.port())) {
			holder.await("held");
			holder.terminate();
			holder.await("closing");
			long contended = System.nanoTime() + LEASE.multipliedBy(2).toNanos();
			while (System.nanoTime() < contended) {
				assertThat(this.work.openOrSkipped(42)).isNull();
			}
			CompletableFuture<Void> told = CompletableFuture.runAsync(() -> end(holder));
			long freed = this.work.patient(42, System::currentTimeMillis);
			String ended = holder.await("ended ");
			told.join();
			assertThat(freed - Long.parseLong(ended.substring("ended ".length()))).isLessThan(UNRELEASED.toMillis());
			holder.await("closed");
		}
	}

	private static void end(JvmProcess holder) {
		try {
			holder.tell("end");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
