package io.github.distributedlock.reliability.node;

import java.time.Duration;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.reliability.node.Work.Task;
import io.github.distributedlock.reliability.subject.SubjectLocks;

/**
 * What is tested, as a node calls it.
 */
public interface Subject {

	/** The lease of all locks under test. */
	Duration LEASE = Duration.ofMillis(1500);

	/**
	 * Runs a task while a lock is held.
	 * @param lock which lock
	 * @param mode how
	 * @param task what to do
	 * @throws Exception what the task or the lock throws
	 */
	void run(String lock, Mode mode, Task task) throws Exception;

	/**
	 * Acquires a lock for whoever closes the lease, on whatever thread.
	 * @param lock which lock
	 * @param mode how
	 * @return the lease
	 */
	Lease open(String lock, Mode mode);

	/**
	 * Returns locks that are called from code.
	 * @param locks the locks
	 * @return the subject
	 */
	static Subject of(SubjectLocks locks) {
		return new Subject() {

			@Override
			public void run(String lock, Mode mode, Task task) throws Exception {
				locks.execute(mode.request(lock, LEASE), (lease) -> {
					task.run(lease);
					return null;
				});
			}

			@Override
			public Lease open(String lock, Mode mode) {
				return locks.acquire(mode.request(lock, LEASE));
			}

		};
	}

	/**
	 * Returns the advice of a bean, and the registry behind it.
	 */
	static Subject of(Work work, LockRegistry registry) {
		return new Subject() {

			@Override
			public void run(String lock, Mode mode, Task task) throws Exception {
				mode.run(work, lock, task);
			}

			@Override
			public Lease open(String lock, Mode mode) {
				return registry.acquire(mode.request(lock, LEASE));
			}

		};
	}

}
