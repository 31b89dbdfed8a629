package io.github.distributedlock.reliability.node;

import java.time.Duration;

import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.reliability.node.Work.Task;

/**
 * How a method is locked.
 */
public enum Mode {

	/** Waits for 20 s. */
	PATIENT(20_000),

	/** Waits for 3 s. */
	BRIEF(3000),

	/** Does not wait. */
	HASTY(0),

	/** Waits for 3 s, and fails open. */
	OPEN(3000),

	/** Waits for 20 s, and is not renewed. */
	FIXED(20_000),

	/** Waits for 20 s, and is interrupted when the lock is lost. */
	INTERRUPTED(20_000);

	private final Duration wait;

	Mode(long wait) {
		this.wait = Duration.ofMillis(wait);
	}

	Duration waitTime() {
		return this.wait;
	}

	LockRequest request(String lock, Duration lease) {
		LockRequest request = LockRequest.of(Work.NAME, lock).withLease(lease).withWaitTime(this.wait);
		return switch (this) {
			case OPEN -> request.withOnUnavailable(OutagePolicy.FAIL_OPEN);
			case FIXED -> request.withoutRenewal();
			case INTERRUPTED -> request.withOnLost(LossPolicy.INTERRUPT);
			default -> request;
		};
	}

	/**
	 * Runs a task through the advice of a bean.
	 */
	void run(Work work, String lock, Task task) throws Exception {
		switch (this) {
			case PATIENT -> work.patient(lock, task);
			case BRIEF -> work.brief(lock, task);
			case HASTY -> work.hasty(lock, task);
			case OPEN -> work.open(lock, task);
			case FIXED -> work.fixed(lock, task);
			case INTERRUPTED -> work.interrupted(lock, task);
		}
	}

}
