package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisProcess;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How fast an application answers while its store is out, and when it is back.
 */
class BreakerIntegrationTests {

	private static final Log logger = LogFactory.getLog(BreakerIntegrationTests.class);

	/** A command timeout on a busy machine: nobody waits out the wait time. */
	private static final Duration FIRST = Duration.ofSeconds(5);

	/** Nobody waits for the store, which would take a command timeout. */
	private static final Duration OPEN = Duration.ofMillis(10);

	/** A probe, and a new connection, on a busy machine. */
	private static final Duration BACK = Duration.ofSeconds(3);

	private static final int THRESHOLD = 3;

	@RegisterExtension
	private final OneNode<RedisProcess> node = new OneNode<>(RedisProcess.launch());

	private final RedisProcess server = this.node.server();

	private final Work work = this.node.work();

	@Test
	void killedServerIsAnsweredForInTimeThenAtOnceAndServesSoonAfterItsReturn() {
		this.work.token(1);
		this.server.stop();
		answersAtOnce("killed");
		this.server.restart();
		servesAgain("killed");
	}

	@Test
	void stoppedServerIsAnsweredForInTimeThenAtOnceAndServesSoonAfterItsReturn() {
		this.work.token(1);
		this.server.pause();
		answersAtOnce("stopped");
		this.server.resume();
		servesAgain("stopped");
	}

	@Test
	void failOpenRunsAtOnceWhileTheStoreIsOutAndIsProtectedSoonAfterItsReturn() {
		this.work.token(1);
		this.server.pause();
		for (int call = 0; call < THRESHOLD; call++) {
			assertThat(this.work.open(call).isProtected()).isFalse();
		}
		List<Duration> calls = new ArrayList<>();
		for (int call = 0; call < 200; call++) {
			long begun = System.nanoTime();
			assertThat(this.work.open(1000 + call).isProtected()).isFalse();
			calls.add(since(begun));
		}
		assertThat(median(calls)).isLessThan(OPEN);
		this.server.resume();
		long back = System.nanoTime();
		while (!this.work.open(1).isProtected()) {
			assertThat(since(back)).isLessThan(BACK);
		}
	}

	@Test
	void manyCallersOfAStoppedServerAreAllAnsweredInTime() {
		this.work.token(1);
		this.server.pause();
		List<CompletableFuture<Duration>> calls = new ArrayList<>();
		for (int call = 0; call < 200; call++) {
			int order = call;
			CompletableFuture<Duration> done = new CompletableFuture<>();
			calls.add(done);
			new Thread(() -> done.complete(refused(order))).start();
		}
		assertThat(calls).allSatisfy((call) -> assertThat(call.join()).isLessThan(FIRST));
		assertThat(median(refusals(20))).isLessThan(OPEN);
		this.server.resume();
		servesAgain("stopped under 200 callers");
	}

	@Test
	void leaseThatIsHeldOutlivesAnOutageThatIsShorter() throws Exception {
		String result = this.work.patient(7, () -> {
			this.server.pause();
			answersAtOnce("stopped while a lock is held");
			this.server.resume();
			servesAgain("stopped while a lock is held");
			assertThat(this.work.lease().isValid()).isTrue();
			return "done";
		});
		assertThat(result).isEqualTo("done");
	}

	private void answersAtOnce(String what) {
		Duration first = refused(1);
		assertThat(first).isLessThan(FIRST);
		for (int call = 1; call < THRESHOLD; call++) {
			refused(1);
		}
		List<Duration> calls = refusals(500);
		logger.warn(what + ": first answer " + first.toMillis() + " ms, then median " + micros(median(calls))
				+ " us, p99 " + micros(calls.get(494)) + " us, longest " + micros(calls.get(499)) + " us");
		assertThat(median(calls)).isLessThan(OPEN);
	}

	private void servesAgain(String what) {
		long back = System.nanoTime();
		while (true) {
			try {
				this.work.token(1);
				break;
			}
			catch (LockUnavailableException ex) {
				assertThat(since(back)).isLessThan(BACK);
			}
		}
		logger.warn(what + ": served " + since(back).toMillis() + " ms after its return");
		assertThat(since(back)).isLessThan(BACK);
		for (int call = 0; call < 100; call++) {
			this.work.token(call);
		}
	}

	/**
	 * Returns how long calls took, the shortest first.
	 */
	private List<Duration> refusals(int calls) {
		return IntStream.range(0, calls).mapToObj((call) -> refused(1000 + call)).sorted().toList();
	}

	private Duration refused(int order) {
		long begun = System.nanoTime();
		try {
			this.work.patient(order, () -> null);
		}
		catch (LockUnavailableException ex) {
			return since(begun);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		throw new AssertionError("The store is out, but the method ran");
	}

	private static Duration since(long begun) {
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	private static Duration median(List<Duration> durations) {
		return durations.stream().sorted().toList().get(durations.size() / 2);
	}

	private static long micros(Duration duration) {
		return duration.toNanos() / 1000;
	}

}
