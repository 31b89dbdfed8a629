package io.github.distributedlock.interceptor;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Warns, once for each method, that a transaction is already open when a lock is taken:
 * it commits after the release, when somebody else may hold the lock.
 */
final class OuterTransactionWarning {

	private static final Log logger = LogFactory.getLog(OuterTransactionWarning.class);

	private final Set<Method> warned = ConcurrentHashMap.newKeySet();

	void check(LockOperation operation, LockKey key, LockRegistry registry) {
		if (TransactionSynchronizationManager.isActualTransactionActive() && !this.warned.contains(operation.method())
				&& !isHeld(key, registry) && this.warned.add(operation.method())) {
			logger.warn("A transaction is already open where " + operation.describeMethod() + " takes lock '"
					+ operation.name() + "': it will commit after the lock is released. Start the transaction inside "
					+ "the locked method, or lock where it starts");
		}
	}

	private static boolean isHeld(LockKey key, LockRegistry registry) {
		return registry.currentLeases().stream().anyMatch((lease) -> lease.key().equals(key));
	}

}
