package io.github.distributedlock.interceptor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Has a transaction that began inside a lock ask, immediately before it commits, whether
 * every enclosing lease is still valid. If one is not, the transaction rolls back with a
 * {@link LockLostException}. Read-only transactions do not ask.
 */
public final class LeaseTransactionListener implements TransactionExecutionListener {

	private final List<LockRegistry> registries = new CopyOnWriteArrayList<>();

	private final Map<TransactionExecution, Collection<Lease>> leases = Collections
		.synchronizedMap(new WeakHashMap<>());

	/**
	 * Adds a registry whose leases are asked.
	 * @param registry what grants the locks
	 */
	public void addRegistry(LockRegistry registry) {
		if (!this.registries.contains(registry)) {
			this.registries.add(registry);
		}
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
		Collection<Lease> enclosing = new ArrayList<>();
		for (LockRegistry registry : this.registries) {
			Map<LockKey, Lease> outermost = new LinkedHashMap<>();
			registry.currentLeases()
				.stream()
				.filter(Lease::isProtected)
				.forEach((lease) -> outermost.putIfAbsent(lease.key(), lease));
			enclosing.addAll(outermost.values());
		}
		return enclosing;
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
