package io.github.distributedlock.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisProcess;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class OutageIntegrationTests {

	/** A command timeout on a busy machine: nobody waits out the wait time. */
	private static final Duration BOUND = Duration.ofSeconds(5);

	private static final String UNPROTECTED = "runs unprotected across nodes";

	@RegisterExtension
	private final OneNode<RedisProcess> node = new OneNode<>(RedisProcess.launch());

	private final RedisProcess server = this.node.server();

	private final Work work = this.node.work();

	@Test
	void nobodyListensAndFailClosedAnswersInTime() {
		try (ConfigurableApplicationContext lonely = Fleet.start("127.0.0.1", RedisProcess.freePort())) {
			failsClosedInTime(lonely.getBean(Work.class));
		}
	}

	@Test
	void connectionsAreSwallowedAndFailClosedAnswersInTime() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ConfigurableApplicationContext lonely = Fleet.start("127.0.0.1", silent.getLocalPort())) {
			failsClosedInTime(lonely.getBean(Work.class));
		}
	}

	@Test
	void serverDiesAndFailClosedAnswersInTime() {
		this.work.token(1);
		this.server.stop();
		failsClosedInTime(this.work);
	}

	@Test
	void serverHangsAndFailClosedAnswersInTime() {
		this.work.token(1);
		this.server.pause();
		failsClosedInTime(this.work);
		this.server.resume();
	}

	@Test
	void failOpenRunsFlaggedWithOneWarningForEachLockAndMinute(CapturedOutput output) {
		assertThat(this.work.open(1).isProtected()).isTrue();
		this.server.pause();
		for (int call = 0; call < 3; call++) {
			Lease lease = this.work.open(1);
			assertThat(lease.isProtected()).isFalse();
			assertThat(lease.fencingToken()).isEmpty();
		}
		assertThat(this.work.open(2).isProtected()).isFalse();
		this.server.resume();
		assertThat(output.getOut().split(UNPROTECTED)).hasSize(3);
	}

	@Test
	void failOpenIsProtectedAgainWhenTheStoreIsBack() {
		this.work.token(1);
		this.server.pause();
		assertThat(this.work.open(1).isProtected()).isFalse();
		this.server.resume();
		assertThat(this.work.open(1).isProtected()).isTrue();
	}

	@Test
	void contentionNeverFailsOpen() throws Exception {
		try (ConfigurableApplicationContext other = Fleet.start(this.server)) {
			Lease lease = this.work.renewed(1, () -> other.getBean(Work.class).openOrSkipped(1));
			assertThat(lease).isNull();
		}
	}

	private static void failsClosedInTime(Work work) {
		AtomicInteger runs = new AtomicInteger();
		Callable<Integer> body = runs::incrementAndGet;
		refusesInTime(() -> work.patient(1, body));
		refusesInTime(() -> work.renewed(2, body));
		assertThat(runs).hasValue(0);
	}

	private static void refusesInTime(ThrowingCallable call) {
		long begun = System.nanoTime();
		assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.getWaited()).isLessThan(BOUND));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
	}

}
