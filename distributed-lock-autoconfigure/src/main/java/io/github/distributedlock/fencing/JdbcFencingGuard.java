package io.github.distributedlock.fencing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.StaleTokenException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the highest token of each resource in a table of a relational database, beside
 * the data. Works inside the caller's own transaction, and is refused without one: the
 * row that it changes stays locked until the end, so that nobody with another token can
 * come between the check and the commit, and a rollback takes the token back as well.
 * <p>
 * It is one statement, except when a resource is used for the first time or a token is
 * stale.
 */
public final class JdbcFencingGuard implements FencingGuard {

	/**
	 * The table, unless another one is named.
	 */
	public static final String DEFAULT_TABLE_NAME = "distributed_lock_fence";

	private static final Pattern TABLE_NAME = Pattern.compile("[\\w$#]+(\\.[\\w$#]+)*");

	private final JdbcTemplate jdbc;

	private final String update;

	private final String insert;

	private final String select;

	/**
	 * Creates the guard.
	 * @param dataSource the database, whose transactions are the callers'
	 * @param tableName the table, such as {@value #DEFAULT_TABLE_NAME}, with its schema
	 * if it needs one
	 */
	public JdbcFencingGuard(DataSource dataSource, String tableName) {
		if (tableName == null || !TABLE_NAME.matcher(tableName).matches()) {
			throw new IllegalArgumentException("'tableName' is '" + tableName
					+ "': use letters, digits and underscores, such as shop." + DEFAULT_TABLE_NAME);
		}
		this.jdbc = new JdbcTemplate(dataSource);
		this.update = "UPDATE " + tableName + " SET token = ? WHERE resource = ? AND token <= ?";
		this.insert = "INSERT INTO " + tableName + " (resource, token) VALUES (?, ?)";
		this.select = "SELECT token FROM " + tableName + " WHERE resource = ?";
	}

	@Override
	public void check(LockKey key, long token) {
		check(key, ResourceName.of(key), token);
	}

	@Override
	public void check(String resource, long token) {
		if (resource == null || resource.isBlank()) {
			throw new IllegalArgumentException("'resource' must not be empty: say what is guarded, as in 'orders:42'");
		}
		check(null, resource, token);
	}

	private void check(@Nullable LockKey key, String resource, long token) {
		requireTransaction();
		String stored = ResourceName.stored(resource);
		if (raise(stored, token)) {
			return;
		}
		Long seen = find(stored);
		if (seen == null && create(stored, token)) {
			return;
		}
		if (seen == null || seen <= token) {
			if (raise(stored, token)) {
				return;
			}
			seen = find(stored);
		}
		if (seen == null || seen <= token) {
			throw changedMeanwhile(resource, null);
		}
		throw new StaleTokenException(key, resource, token, seen);
	}

	private void requireTransaction() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| Boolean.TRUE.equals(this.jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit))) {
			throw new IllegalTransactionStateException(
					"A fencing token is checked in the transaction of what it guards, and there is none on this database:"
							+ " call the guard inside of a @Transactional method that also writes the data");
		}
	}

	private boolean raise(String resource, long token) {
		return this.jdbc.update(this.update, token, resource, token) > 0;
	}

	private @Nullable Long find(String resource) {
		List<Long> found = this.jdbc.queryForList(this.select, Long.class, resource);
		return (found.isEmpty()) ? null : found.get(0);
	}

	/**
	 * Remembers the first token of a resource. If another transaction does so as well,
	 * this waits for its end; the savepoint keeps the caller's transaction alive where a
	 * failed statement would end it.
	 * @return {@code false} if the other one was first
	 */
	private boolean create(String resource, long token) {
		return Boolean.TRUE.equals(this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
			Savepoint before = savepoint(connection);
			try {
				return this.jdbc.update(this.insert, resource, token) > 0;
			}
			catch (DuplicateKeyException ex) {
				if (before == null) {
					throw changedMeanwhile(resource, ex);
				}
				connection.rollback(before);
				return false;
			}
		}));
	}

	/** A transaction that a coordinator manages has none. */
	private static @Nullable Savepoint savepoint(Connection connection) {
		try {
			return connection.setSavepoint();
		}
		catch (SQLException ex) {
			return null;
		}
	}

	private static ConcurrencyFailureException changedMeanwhile(String resource, @Nullable Throwable cause) {
		return new ConcurrencyFailureException("Another transaction has checked a fencing token for '" + resource
				+ "' since this one began: roll back and try again", cause);
	}

}
