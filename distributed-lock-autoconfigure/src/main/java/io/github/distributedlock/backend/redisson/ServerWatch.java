package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;

/**
 * Looks at the servers again: now and then, and soon after a failure, because another
 * server may have taken over. As long as one must not keep locks, nobody gets new ones.
 */
final class ServerWatch {

	private static final Log logger = LogFactory.getLog(RedissonLockBackend.class);

	private final ServerCheck check;

	private final ConnectionLog log;

	private final Semaphore failures = new Semaphore(0);

	private volatile @Nullable BackendException refusal;

	private boolean begun;

	private boolean settled;

	private final LookPauses pauses = new LookPauses();

	ServerWatch(ServerCheck check, ConnectionLog log) {
		this.check = check;
		this.log = log;
	}

	/**
	 * Looks for the first time.
	 */
	void begin(RedissonClient client) throws InterruptedException {
		if (!this.begun) {
			this.check.run(client);
			this.begun = true;
			this.settled = true;
		}
	}

	/**
	 * Looks again. Blocks until the servers answer.
	 */
	void repeat(RedissonClient client) throws InterruptedException {
		this.failures.drainPermits();
		this.settled = false;
		try {
			this.check.repeat(client);
			this.refusal = null;
			this.settled = true;
		}
		catch (BackendMisconfiguredException ex) {
			if (!(this.refusal instanceof BackendMisconfiguredException)) {
				this.log.refused(ex);
			}
			this.refusal = ex;
		}
		catch (BackendUnavailableException | RedisException ex) {
			logger.debug("The servers could not be looked at again", ex);
			if (this.refusal != null) {
				this.refusal = new BackendUnavailableException(
						"Redis must not keep locks, last it was seen, and does not answer now", false, ex);
			}
		}
	}

	/**
	 * Returns what a cluster told of its shards when it was last looked at.
	 */
	ClusterShards shards() {
		return this.check.shards();
	}

	/**
	 * Returns whether all is well: the next look can wait, unless something fails.
	 */
	boolean isSettled() {
		return this.settled;
	}

	/**
	 * Refuses questions for new locks while the servers must not keep any. What is held
	 * is renewed and released as far as it goes.
	 * @return the other questions
	 */
	List<? extends RedisQuestion<?>> admit(List<? extends RedisQuestion<?>> questions) {
		BackendException reason = this.refusal;
		if (reason == null) {
			return questions;
		}
		questions.stream().filter(RedisQuestion::asksForALock).forEach((question) -> question.refuse(reason));
		return questions.stream().filter((question) -> !question.asksForALock()).toList();
	}

	/**
	 * Something failed: whoever answers next may be another server.
	 */
	void failed() {
		if (this.failures.availablePermits() == 0) {
			this.failures.release();
		}
	}

	/**
	 * Waits before the next look.
	 * @param calm whether the last one left nothing to do
	 * @param connected whether there are locks
	 * @param closed what ends the wait
	 */
	void rest(boolean calm, boolean connected, CountDownLatch closed) throws InterruptedException {
		if (closed.getCount() == 0) {
			return;
		}
		Duration now = this.pauses.next(connected && this.settled, this.settled && calm);
		if (!this.settled) {
			closed.await(now.toMillis(), TimeUnit.MILLISECONDS);
		}
		else if (this.failures.tryAcquire(now.toMillis(), TimeUnit.MILLISECONDS)) {
			closed.await(LookPauses.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
			this.pauses.restart();
		}
	}

}
