package io.github.distributedlock.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockInterruptedException;
import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingIntegrationTests {

	@Test
	void interruptedWaiterIsAnsweredAtOnceAndLeavesNothingBehind() throws Exception {
		try (RedisServer server = RedisServer.start();
				ConfigurableApplicationContext node = Fleet.start(server);
				ConfigurableApplicationContext other = Fleet.start(server)) {
			Work holding = node.getBean(Work.class);
			Work waiting = other.getBean(Work.class);
			List<Duration> noticed = new ArrayList<>();
			for (int round = 0; round < 5; round++) {
				noticed.add(interrupt(holding, waiting, server));
			}
			assertThat(Collections.min(noticed)).isLessThan(Duration.ofMillis(100));
			assertThat(waiting.token(42)).isPositive();
		}
	}

	/**
	 * Interrupts a waiter, and waits until the store has forgotten its node.
	 * @return how long the waiter took to notice
	 */
	private static Duration interrupt(Work holding, Work waiting, RedisServer server) throws Exception {
		return holding.renewed(42, () -> {
			CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
			Thread waiter = new Thread(() -> interrupted.complete(isInterruptedWhileWaiting(waiting)));
			waiter.start();
			Awaitility.await().until(() -> queues(server).size() == 1);
			long begun = System.nanoTime();
			waiter.interrupt();
			boolean flagged = interrupted.join();
			Duration noticed = Duration.ofNanos(System.nanoTime() - begun);
			assertThat(flagged).isTrue();
			Awaitility.await().until(() -> queues(server).isEmpty());
			return noticed;
		});
	}

	private static boolean isInterruptedWhileWaiting(Work work) {
		try {
			work.patient(42, () -> null);
			return false;
		}
		catch (LockInterruptedException ex) {
			return Thread.currentThread().isInterrupted();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<?> queues(RedisServer server) {
		return (List<?>) server.command("KEYS", "*:queue");
	}

}
