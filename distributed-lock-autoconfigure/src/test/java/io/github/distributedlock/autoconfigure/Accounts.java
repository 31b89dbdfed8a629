package io.github.distributedlock.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Books into a database under locks.
 */
class Accounts {

	private final JdbcTemplate jdbc;

	private final LockRegistry locks;

	private final List<String> events = new ArrayList<>();

	Accounts(DataSource dataSource, LockRegistry locks) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.locks = locks;
	}

	@Transactional
	@DistributedLock(name = "accounts")
	public void book(LockStore store) {
		insert();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				Accounts.this.events.add("held at commit: " + store.isHeld(LockKey.of("accounts")));
			}
		});
	}

	@Transactional
	@DistributedLock(name = "accounts", lease = "600ms")
	public void bookAndLose(LockStore store) {
		insert();
		store.steal(this.locks.currentLease());
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	@DistributedLock(name = "accounts", lease = "600ms")
	public void bookAnewAndLose(LockStore store) {
		insert();
		store.steal(this.locks.currentLease());
	}

	@Transactional
	@DistributedLock(name = "accounts")
	public void bookWhile(Runnable action) {
		insert();
		action.run();
	}

	@Transactional
	@DistributedLock(name = "accounts", lease = "600ms")
	public void failAndLose(LockStore store) {
		store.steal(this.locks.currentLease());
		throw new IllegalArgumentException("own");
	}

	List<String> events() {
		return this.events;
	}

	void insert() {
		this.jdbc.update("insert into account values (1)");
	}

	int count() {
		return this.jdbc.queryForObject("select count(*) from account", Integer.class);
	}

}
