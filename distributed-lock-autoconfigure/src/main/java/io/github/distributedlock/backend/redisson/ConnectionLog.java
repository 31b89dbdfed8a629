package io.github.distributedlock.backend.redisson;

import java.util.HashSet;
import java.util.Set;

import io.github.distributedlock.backend.BackendException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns once of each thing that keeps a node from its locks, or from hints. Used by one
 * thread.
 */
final class ConnectionLog {

	private static final Log logger = LogFactory.getLog(RedissonLockBackend.class);

	private final Set<Class<?>> failures = new HashSet<>();

	private boolean unsubscribed;

	/**
	 * There are no locks: an outage and a wrong configuration are different things.
	 */
	void failed(BackendException translated, Throwable failure) {
		if (this.failures.add(translated.getClass())) {
			logger.warn("Locks are unavailable, and the connection is tried again: " + translated.getMessage());
			logger.debug("The failed connection", failure);
		}
	}

	/**
	 * A server that took over must not keep locks.
	 */
	void refused(BackendException refusal) {
		logger.warn("No new locks until this is corrected: " + refusal.getMessage());
	}

	void unsubscribed(String channel, Throwable cause) {
		if (!this.unsubscribed) {
			this.unsubscribed = true;
			logger.warn("This node is not subscribed to channel " + channel
					+ ": it does not hear of released locks and asks about once a second instead."
					+ " If this stays, grant the Redis user +@pubsub and the channels of the namespace", cause);
		}
	}

	void hidden(String channel) {
		logger.warn("The NameMapper of the RedissonClient hides the node of channel " + channel
				+ ": nodes do not hear of released locks and ask about once a second instead");
	}

}
