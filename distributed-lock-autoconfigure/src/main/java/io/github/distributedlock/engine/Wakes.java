package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import io.github.distributedlock.backend.Delivery;

/**
 * Wakes callers. Those whose answers come together are woken when all of them are given,
 * because to wake one costs as much as many answers, and it may take the processor from
 * the thread that gives them. Whoever has woken up wakes another one.
 * <p>
 * Nobody relies on that help: the thread that gave the answers goes on until everybody is
 * awake, and a caller that stops waiting by itself wakes all that can be woken.
 */
final class Wakes implements Delivery {

	private final Queue<Runnable> asleep = new ConcurrentLinkedQueue<>();

	private final Vigil vigil = new Vigil(new Semaphore(Runtime.getRuntime().availableProcessors() / 2));

	private final Set<Thread> delivering = ConcurrentHashMap.newKeySet();

	@Override
	public void deliver(Runnable answers) {
		if (!this.delivering.add(Thread.currentThread())) {
			answers.run();
			return;
		}
		try {
			answers.run();
		}
		finally {
			this.delivering.remove(Thread.currentThread());
			wakeAll();
		}
	}

	/**
	 * Wakes a caller, at the latest when the answers that come together with its own are
	 * given.
	 * @param caller completes what it waits for; may be repeated
	 */
	void wake(Runnable caller) {
		if (this.delivering.contains(Thread.currentThread())) {
			this.asleep.add(caller);
		}
		else {
			caller.run();
		}
	}

	/**
	 * Has the thread of the caller whose turn is next stay awake for a moment, if it may.
	 * A thread that gives answers does not: nobody gains who is woken in its place.
	 */
	void callUp(Sleeper next, long now) {
		if (this.vigil.isOpen(now) && !this.delivering.contains(Thread.currentThread())) {
			next.callUp();
		}
	}

	Vigil vigil() {
		return this.vigil;
	}

	/**
	 * Waits for an answer, and wakes another caller after it.
	 */
	void await(CompletableFuture<?> answer) {
		answer.join();
		help();
	}

	/**
	 * Wakes another caller whose answer was given, if there is one. Whoever has woken up
	 * calls this first.
	 */
	void help() {
		Runnable next = this.asleep.poll();
		if (next != null && !run(next)) {
			this.asleep.add(next);
		}
	}

	/**
	 * Wakes every caller whose answer was given.
	 */
	void wakeAll() {
		List<Runnable> again = new ArrayList<>(0);
		for (Runnable next = this.asleep.poll(); next != null; next = this.asleep.poll()) {
			if (!run(next)) {
				again.add(next);
			}
		}
		this.asleep.addAll(again);
	}

	/**
	 * A thread that cannot wake somebody, because its stack is full, is not to suffer for
	 * it: another one will try again.
	 */
	private static boolean run(Runnable caller) {
		try {
			caller.run();
			return true;
		}
		catch (VirtualMachineError ex) {
			return false;
		}
	}

}
