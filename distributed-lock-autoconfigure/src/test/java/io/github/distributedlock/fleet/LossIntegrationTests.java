package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LossIntegrationTests {

	private static final Duration KNOWN_WITHIN = Duration.ofMillis(1500).dividedBy(3).plusMillis(200);

	private final RedisProcess server = RedisProcess.launch();

	private final ConfigurableApplicationContext node = Fleet.start(this.server);

	private final Work work = this.node.getBean(Work.class);

	@AfterEach
	void stop() {
		this.node.close();
		this.server.close();
	}

	@Test
	void deletedRecordIsKnownWithinAThirdOfTheLeaseAndEndsTheMethodWithALoss() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			this.server.command("FLUSHALL");
			awaitLoss(this.work.lease());
			return "done";
		})).withMessageContaining("Work:42").satisfies((loss) -> assertThat(loss.isExecuted()).isTrue());
	}

	@Test
	void restartedServerIsKnownWithinAThirdOfTheLeaseAndEndsTheMethodWithALoss() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			this.server.restart();
			awaitLoss(this.work.lease());
			return "done";
		}));
		assertThat(this.work.token(42)).isPositive();
	}

	@Test
	void lossThatNobodyKnewYetIsFoundByTheRelease() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			this.server.command("FLUSHALL");
			return "done";
		}));
	}

	@Test
	void methodThatThrowsKeepsItsExceptionWithTheLossUnderIt() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			this.server.command("FLUSHALL");
			throw new IllegalStateException("mine");
		}))
			.withMessage("mine")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasAtLeastOneElementOfType(LockLostException.class));
	}

	@Test
	void interruptReachesTheThreadWithinAThirdOfTheLeaseAndItsFlagIsClearedAgain() {
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicReference<Duration> after = new AtomicReference<>();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.interruptible(42, () -> {
			this.server.command("FLUSHALL");
			long lost = System.nanoTime();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
				after.set(Duration.ofNanos(System.nanoTime() - lost));
			}
			return "done";
		}));
		assertThat(interrupted).isTrue();
		assertThat(after.get()).isLessThan(KNOWN_WITHIN);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void outageLongerThanTheLeaseIsALossAtTheDeadline() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			Lease lease = this.work.lease();
			this.server.pause();
			long paused = System.nanoTime();
			Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> !lease.isValid());
			assertThat(Duration.ofNanos(System.nanoTime() - paused)).isLessThan(Duration.ofMillis(1500));
			this.server.resume();
			return "done";
		}));
	}

	private static void awaitLoss(Lease lease) {
		long lost = System.nanoTime();
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost((loss) -> told.countDown());
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> told.getCount() == 0);
		assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(KNOWN_WITHIN);
		assertThat(lease.isValid()).isFalse();
	}

}
