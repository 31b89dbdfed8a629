package io.github.distributedlock.interceptor;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.util.function.SingletonSupplier;

/**
 * Has a transaction that began inside a lock ask, immediately before it commits, whether
 * every enclosing lease is still valid. If one is not, the transaction rolls back with a
 * {@link LockLostException}. Read-only transactions do not ask.
 */
public final class LeaseTransactionListener implements TransactionExecutionListener {

	private final SingletonSupplier<LockRegistry> registry;

	private final Map<TransactionExecution, Collection<Lease>> leases = Collections
		.synchronizedMap(new WeakHashMap<>());

	/**
	 * Creates the listener.
	 * @param registry supplies what grants the locks; asked at the first transaction
	 */
	public LeaseTransactionListener(Supplier<LockRegistry> registry) {
		this.registry = SingletonSupplier.of(registry);
	}

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		if (beginFailure == null && !transaction.isReadOnly()) {
			Collection<Lease> enclosing = enclosingLeases();
			if (!enclosing.isEmpty()) {
				this.leases.put(transaction, enclosing);
			}
		}
	}

	private Collection<Lease> enclosingLeases() {
		Map<LockKey, Lease> outermost = new LinkedHashMap<>();
		for (Lease lease : this.registry.obtain().currentLeases()) {
			if (lease.isProtected()) {
				outermost.putIfAbsent(lease.key(), lease);
			}
		}
		return outermost.values();
	}

	@Override
	public void beforeCommit(TransactionExecution transaction) {
		Collection<Lease> enclosing = this.leases.get(transaction);
		if (enclosing != null) {
			enclosing.forEach(Lease::ensureValid);
		}
	}

	@Override
	public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
		this.leases.remove(transaction);
	}

	@Override
	public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
		this.leases.remove(transaction);
	}

}
