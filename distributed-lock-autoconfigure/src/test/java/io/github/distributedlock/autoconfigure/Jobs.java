package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * A locked method that tells whether it is locked.
 */
class Jobs {

	private LockRegistry locks;

	@Autowired(required = false)
	void setLocks(LockRegistry locks) {
		this.locks = locks;
	}

	@DistributedLock(lease = "1m")
	public boolean run() {
		return this.locks != null && this.locks.currentLeases().size() == 1;
	}

}
