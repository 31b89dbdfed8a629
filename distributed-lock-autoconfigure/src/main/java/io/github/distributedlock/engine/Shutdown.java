package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.distributedlock.LockKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Ends an engine without taking a lock from work that is still running, for as long as it
 * may.
 */
final class Shutdown {

	private static final Log logger = LogFactory.getLog(Shutdown.class);

	private static final int MOST_NAMED = 20;

	private final Engine engine;

	Shutdown(Engine engine) {
		this.engine = engine;
	}

	void run(Duration timeout) {
		CompletableFuture<Void> drained = this.engine.shutDown();
		if (!await(drained, timeout)) {
			evict();
			await(drained, Duration.ofNanos(2 * this.engine.commandTimeout()));
		}
		List<LockKey> left = this.engine.compensations().keys();
		if (!left.isEmpty()) {
			logger.warn("The store did not say that these locks were released: they may stay taken until their leases"
					+ " are over: " + some(left));
		}
	}

	private void evict() {
		List<LockKey> evicted = new ArrayList<>();
		for (KeyQueue queue : this.engine.queues()) {
			if (queue.evict()) {
				evicted.add(queue.key());
			}
		}
		if (!evicted.isEmpty()) {
			logger.warn(
					"Released while the work that held them was still running, because the time to shut down is over: "
							+ some(evicted));
		}
	}

	private static String some(List<LockKey> keys) {
		int more = keys.size() - MOST_NAMED;
		return (more > 0) ? keys.subList(0, MOST_NAMED) + " and " + more + " more" : keys.toString();
	}

	private boolean await(CompletableFuture<Void> drained, Duration timeout) {
		try {
			drained.get(Terms.nanos(timeout), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
