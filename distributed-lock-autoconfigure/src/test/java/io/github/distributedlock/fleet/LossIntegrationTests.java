package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LossIntegrationTests {

	private static final Duration LEASE = Duration.ofMillis(1500);

	/** A renewal, which comes within a third of the lease, on a busy machine. */
	private static final Duration RENEWED = LEASE.multipliedBy(2).dividedBy(3);

	@RegisterExtension
	private final OneNode<RedisProcess> node = new OneNode<>(RedisProcess.launch());

	private final RedisProcess server = this.node.server();

	private final Work work = this.node.work();

	@Test
	void deletedRecordIsKnownWellWithinTheLeaseAndEndsTheMethodWithALoss() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			this.server.command("FLUSHALL");
			awaitLoss(this.work.lease(), RENEWED);
			return "done";
		})).withMessageContainingAll("Work:42", "gone").satisfies((loss) -> assertThat(loss.isExecuted()).isTrue());
	}

	@Test
	void restartedServerIsALossThatEndsTheMethodAndGrantsAnew() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			this.server.restart();
			awaitLoss(this.work.lease(), LEASE.multipliedBy(2));
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
	void interruptReachesTheThreadWellWithinTheLeaseAndItsFlagIsClearedAgain() {
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
		assertThat(after.get()).isLessThan(RENEWED);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void outageLongerThanTheLeaseIsALossAtTheDeadline() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.renewed(42, () -> {
			Lease lease = this.work.lease();
			this.server.pause();
			long paused = System.nanoTime();
			assertThat(Duration.ofNanos(lastValid(lease) - paused)).isLessThan(LEASE);
			this.server.resume();
			return "done";
		}));
	}

	/**
	 * Asks until the lease is over.
	 * @return a moment before the last question that was answered with yes
	 */
	private static long lastValid(Lease lease) {
		AtomicLong valid = new AtomicLong(System.nanoTime());
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
			long asked = System.nanoTime();
			boolean over = !lease.isValid();
			valid.set((over) ? valid.get() : asked);
			return over;
		});
		return valid.get();
	}

	private static void awaitLoss(Lease lease, Duration bound) {
		long lost = System.nanoTime();
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost((loss) -> told.countDown());
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> told.getCount() == 0);
		assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(bound);
		assertThat(lease.isValid()).isFalse();
	}

}
