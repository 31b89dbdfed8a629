package io.github.distributedlock.engine;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.github.distributedlock.LockLostException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs what users want to have run when a lock is lost: each on a thread of its own, so
 * that a slow or throwing listener hurts nobody.
 */
final class LossNotifier {

	private static final Log logger = LogFactory.getLog(LossNotifier.class);

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "distributed-lock-loss");
		thread.setDaemon(true);
		return thread;
	});

	void tell(LockLostException loss, List<Consumer<? super LockLostException>> listeners) {
		for (Consumer<? super LockLostException> listener : listeners) {
			try {
				this.threads.execute(() -> tell(loss, listener));
			}
			catch (RejectedExecutionException ex) {
				logger.warn("A listener was not told: " + loss.getMessage());
			}
		}
	}

	private void tell(LockLostException loss, Consumer<? super LockLostException> listener) {
		try {
			listener.accept(loss);
		}
		catch (RuntimeException | Error ex) {
			logger.error("A listener failed when it was told: " + loss.getMessage(), ex);
		}
	}

	void stop() {
		this.threads.shutdown();
	}

}
