package io.github.distributedlock.benchmarks.client;

import java.util.List;

import io.github.distributedlock.benchmarks.client.RedissonLocks.Kind;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;

/**
 * What is compared. "Tuned" means a client with two network threads, two threads and four
 * connections that commands share, which is best on a small machine.
 */
public enum Contestant {

	/** This project, as an application gets it. */
	DISTRIBUTED_LOCK("distributed-lock", (port) -> new StarterLocks(port)),

	/** This project, with hand-off within the node switched off. */
	DISTRIBUTED_LOCK_NO_HAND_OFF("distributed-lock, no hand-off",
			(port) -> new StarterLocks(port, "distributed-lock.hand-off.enabled=false")),

	/** This project, not waiting for the answer when it releases. */
	DISTRIBUTED_LOCK_ASYNC("distributed-lock, asynchronous release",
			(port) -> new StarterLocks(port, "distributed-lock.release=async")),

	/** This project, on a client with Redisson's defaults that the application has. */
	DISTRIBUTED_LOCK_DEFAULT_CLIENT("distributed-lock, default RedissonClient", StarterLocks::onDefaultClient),

	/** This project's two scripts, called directly. */
	SAME_SCRIPTS("same scripts through Redisson", ScriptLocks::new),

	/**
	 * {@code SET NX PX} and a compare-and-delete script: nothing renews, waiters poll.
	 */
	LETTUCE("plain Lettuce", LettuceLocks::new),

	/** {@code RLock} on a client with defaults. */
	RLOCK("RLock", (port) -> new RedissonLocks(RedissonClients.defaults(port), Kind.LOCK)),

	/** {@code RLock} on a tuned client. */
	RLOCK_TUNED("RLock, tuned", (port) -> new RedissonLocks(RedissonClients.tuned(port), Kind.LOCK)),

	/** {@code RFencedLock} on a client with defaults. */
	FENCED("RFencedLock", (port) -> new RedissonLocks(RedissonClients.defaults(port), Kind.FENCED)),

	/** {@code RFencedLock} on a tuned client. */
	FENCED_TUNED("RFencedLock, tuned", (port) -> new RedissonLocks(RedissonClients.tuned(port), Kind.FENCED)),

	/** The fair {@code RLock} on a client with defaults. */
	FAIR("fair RLock", (port) -> new RedissonLocks(RedissonClients.defaults(port), Kind.FAIR)),

	/** The fair {@code RLock} on a tuned client. */
	FAIR_TUNED("fair RLock, tuned", (port) -> new RedissonLocks(RedissonClients.tuned(port), Kind.FAIR)),

	/** The spin lock on a client with defaults, backing off from 1 to 128 ms. */
	SPIN("spin RLock", (port) -> new RedissonLocks(RedissonClients.defaults(port), Kind.SPIN)),

	/** The spin lock on a tuned client, polling each millisecond. */
	SPIN_TUNED("spin RLock, tuned", (port) -> new RedissonLocks(RedissonClients.tuned(port), Kind.SPIN_FAST)),

	/** Spring Integration, with its default of polling. */
	INTEGRATION_SPIN("Spring Integration, spin", (port) -> new IntegrationLocks(port, RedisLockType.SPIN_LOCK)),

	/** Spring Integration, with messages instead of polling. */
	INTEGRATION_PUB_SUB("Spring Integration, pub-sub",
			(port) -> new IntegrationLocks(port, RedisLockType.PUB_SUB_LOCK)),

	/** lock4j on a Redisson client with defaults. */
	LOCK4J("lock4j", (port) -> new Lock4jLocks(RedissonClients.defaults(port))),

	/** lock4j on a tuned Redisson client. */
	LOCK4J_TUNED("lock4j, tuned", (port) -> new Lock4jLocks(RedissonClients.tuned(port))),

	/** ShedLock: tries only, and deletes what it holds without looking whose it is. */
	SHEDLOCK("ShedLock", (port) -> new ShedLockLocks(port, false)),

	/** ShedLock with updates that look whose lock it is. */
	SHEDLOCK_SAFE("ShedLock, safe updates", (port) -> new ShedLockLocks(port, true));

	private final String title;

	private final Factory factory;

	Contestant(String title, Factory factory) {
		this.title = title;
		this.factory = factory;
	}

	/**
	 * Returns the name that people read.
	 * @return the name
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Connects one node.
	 * @param port Redis on the loopback interface
	 * @return the node
	 * @throws Exception if it cannot
	 */
	public LockClient open(int port) throws Exception {
		return this.factory.open(port);
	}

	/**
	 * Returns those that can wait for a lock.
	 * @return all but ShedLock, which only tries, and the bare scripts
	 */
	public static List<Contestant> waiting() {
		return List.of(DISTRIBUTED_LOCK, DISTRIBUTED_LOCK_NO_HAND_OFF, DISTRIBUTED_LOCK_DEFAULT_CLIENT, RLOCK,
				RLOCK_TUNED, FENCED, FENCED_TUNED, FAIR, FAIR_TUNED, SPIN, SPIN_TUNED, INTEGRATION_SPIN,
				INTEGRATION_PUB_SUB, LOCK4J, LOCK4J_TUNED, LETTUCE);
	}

	@FunctionalInterface
	private interface Factory {

		LockClient open(int port) throws Exception;

	}

}
