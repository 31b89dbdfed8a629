package io.github.distributedlock.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/**
 * A transaction manager that takes no listeners.
 */
class NoTransactions implements PlatformTransactionManager {

	@Override
	public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
		return new SimpleTransactionStatus();
	}

	@Override
	public void commit(TransactionStatus status) {
	}

	@Override
	public void rollback(TransactionStatus status) {
	}

}
