package io.github.distributedlock.reliability.node;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.annotation.DistributedLock.OnLost;
import io.github.distributedlock.annotation.DistributedLock.OnUnavailable;

/**
 * What is locked, as users write it. Each method hands its task the lease in which it
 * runs.
 */
public class Work {

	/** The name of all locks under test. */
	public static final String NAME = "it";

	/** Their lease: short, so that much happens. */
	public static final String LEASE = "1500ms";

	private final LockRegistry locks;

	Work(LockRegistry locks) {
		this.locks = locks;
	}

	private Lease lease() {
		Lease lease = this.locks.currentLease();
		if (lease == null) {
			throw new IllegalStateException("This runs unlocked");
		}
		return lease;
	}

	@DistributedLock(name = NAME, key = "#lock", lease = LEASE, waitTime = "20s")
	public void patient(String lock, Task task) throws Exception {
		task.run(lease());
	}

	@DistributedLock(name = NAME, key = "#lock", lease = LEASE, waitTime = "3s")
	public void brief(String lock, Task task) throws Exception {
		task.run(lease());
	}

	@DistributedLock(name = NAME, key = "#lock", lease = LEASE, waitTime = "0s")
	public void hasty(String lock, Task task) throws Exception {
		task.run(lease());
	}

	@DistributedLock(name = NAME, key = "#lock", lease = LEASE, waitTime = "3s",
			onUnavailable = OnUnavailable.FAIL_OPEN)
	public void open(String lock, Task task) throws Exception {
		task.run(lease());
	}

	@DistributedLock(name = NAME, key = "#lock", lease = LEASE, waitTime = "20s", renew = false)
	public void fixed(String lock, Task task) throws Exception {
		task.run(lease());
	}

	@DistributedLock(name = NAME, key = "#lock", lease = LEASE, waitTime = "20s", onLost = OnLost.INTERRUPT)
	public void interrupted(String lock, Task task) throws Exception {
		task.run(lease());
	}

	/**
	 * What is done while the lock is held.
	 */
	@FunctionalInterface
	public interface Task {

		/**
		 * Does it.
		 * @param lease the lease in which it runs
		 * @throws Exception if it fails
		 */
		void run(Lease lease) throws Exception;

	}

}
