package io.github.distributedlock.engine;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.backend.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Wakes callers. Those whose answers come together are woken when all answers are given,
 * and whoever wakes wakes another one: to wake somebody costs as much as many answers,
 * and each one who is woken may take the processor from the thread that woke it.
 * <p>
 * Nobody relies on the others' help. The thread that gave the answers goes on until
 * everybody is awake.
 */
final class Wakes implements Delivery {

	private final Queue<Runnable> asleep = new ConcurrentLinkedQueue<>();

	private final AtomicInteger deliveries = new AtomicInteger();

	private final ThreadLocal<@Nullable Boolean> delivering = new ThreadLocal<>();

	@Override
	public void deliver(Runnable answers) {
		if (isDelivering()) {
			answers.run();
			return;
		}
		this.deliveries.incrementAndGet();
		this.delivering.set(true);
		try {
			answers.run();
		}
		finally {
			this.delivering.remove();
			this.deliveries.decrementAndGet();
			wakeAll();
		}
	}

	private boolean isDelivering() {
		return this.deliveries.get() > 0 && this.delivering.get() != null;
	}

	private void wakeAll() {
		for (Runnable next = this.asleep.poll(); next != null; next = this.asleep.poll()) {
			next.run();
		}
	}

	/**
	 * Wakes a caller, at the latest when the answers that come together with its own are
	 * given.
	 * @param caller completes what it waits for; never throws
	 */
	void wake(Runnable caller) {
		if (isDelivering()) {
			this.asleep.add(caller);
		}
		else {
			caller.run();
		}
	}

	/**
	 * Waits for an answer, and wakes another caller after it.
	 */
	void await(CompletableFuture<?> answer) {
		answer.join();
		help();
	}

	/**
	 * Wakes another caller, if one is asleep whose answer was given. Whoever was woken
	 * calls this first.
	 */
	void help() {
		Runnable next = this.asleep.poll();
		if (next != null) {
			next.run();
		}
	}

}
