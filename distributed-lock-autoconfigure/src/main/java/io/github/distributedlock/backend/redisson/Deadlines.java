package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Ends questions whose time is over. All have the same time, so they are in the order of
 * their deadlines, and one alarm is enough for any number of them.
 */
final class Deadlines {

	private final LongSupplier clock = System::nanoTime;

	private final long time;

	private final Queue<RedisQuestion<?>> open = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean alarmed = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor alarm = newAlarm();

	private volatile boolean stopped;

	Deadlines(Duration time) {
		this.time = time.toNanos();
	}

	/**
	 * Returns the time on the clock of the deadlines.
	 */
	long now() {
		return this.clock.getAsLong();
	}

	/**
	 * Returns the deadline of a question that is asked now.
	 */
	long next() {
		return now() + this.time;
	}

	void watch(RedisQuestion<?> question) {
		this.open.add(question);
		RedisQuestion<?> first = this.open.peek();
		while (first != null && first.isDone()) {
			this.open.remove(first);
			first = this.open.peek();
		}
		if (!this.alarmed.get()) {
			raise();
		}
	}

	private void raise() {
		RedisQuestion<?> first = this.open.peek();
		if (first != null && this.alarmed.compareAndSet(false, true)) {
			this.alarm.schedule(this::pass, first.deadline() - this.clock.getAsLong(), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Nothing that is overdue may leave any more, before the end of one makes room for
	 * another.
	 */
	private void pass() {
		long now = this.clock.getAsLong();
		Map<RedisQuestion<?>, Boolean> overdue = new LinkedHashMap<>();
		for (RedisQuestion<?> first = this.open.peek(); first != null
				&& (first.isDone() || first.deadline() - now <= 0); first = this.open.peek()) {
			this.open.remove(first);
			overdue.put(first, first.depart());
		}
		overdue.forEach(RedisQuestion::expire);
		this.alarmed.set(false);
		raise();
		end();
	}

	private void end() {
		if (this.stopped && this.open.isEmpty()) {
			this.alarm.shutdown();
		}
	}

	/**
	 * Ends no more questions than those that are watched already.
	 */
	void stop() {
		this.stopped = true;
		end();
	}

	private static ScheduledThreadPoolExecutor newAlarm() {
		return new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "distributed-lock-redis-timeout");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
	}

}
