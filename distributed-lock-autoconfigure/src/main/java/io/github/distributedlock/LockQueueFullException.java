package io.github.distributedlock;

/**
 * As many callers of this node wait as may wait, for this lock or in all: this one was
 * refused at once, and the work did not run. A web application answers with
 * {@code 503 Service Unavailable}.
 */
public final class LockQueueFullException extends DistributedLockException {

	private final int limit;

	/**
	 * Creates the exception.
	 * @param key the lock
	 * @param limit how many callers may wait
	 * @param forThisLock whether they wait for this lock; otherwise for any
	 */
	public LockQueueFullException(LockKey key, int limit, boolean forThisLock) {
		super(key, "Lock '" + key + "' was not acquired: " + limit + " callers of this node already wait"
				+ (forThisLock ? " for it" : " for locks") + ", and no more may", null);
		this.limit = limit;
	}

	/**
	 * Returns how many callers may wait.
	 * @return the limit that was reached
	 */
	public int getLimit() {
		return this.limit;
	}

}
