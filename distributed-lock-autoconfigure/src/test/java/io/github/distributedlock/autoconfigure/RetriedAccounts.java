package io.github.distributedlock.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/**
 * Books into a database under locks, and loses each.
 */
class RetriedAccounts {

	private final JdbcTemplate jdbc;

	private final LockRegistry locks;

	private final List<Long> tokens = new ArrayList<>();

	RetriedAccounts(DataSource dataSource, LockRegistry locks) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.locks = locks;
	}

	@Retryable(maxRetries = 2, delay = 1)
	@Transactional
	@DistributedLock(name = "accounts", lease = "600ms")
	public void book(LockStore store) {
		Lease lease = this.locks.currentLease();
		this.tokens.add(lease.fencingToken().getAsLong());
		this.jdbc.update("insert into account values (1)");
		store.steal(lease);
	}

	List<Long> tokens() {
		return this.tokens;
	}

}
