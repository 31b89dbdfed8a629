package io.github.distributedlock.fencing;

import java.io.IOException;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

import org.springframework.transaction.TransactionDefinition;

/**
 * Tests for {@link JdbcFencingGuard} with PostgreSQL, which ends a transaction with its
 * first failed statement.
 */
class PostgresFencingGuardIntegrationTests {

	private static EmbeddedPostgres server;

	@BeforeAll
	static void start() throws IOException {
		server = EmbeddedPostgres.start();
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	abstract static class Postgres extends JdbcFencingContract {

		@Override
		DataSource database() {
			return server.getPostgresDatabase();
		}

		@Override
		String platform() {
			return "postgresql";
		}

		@Override
		String blockedSessions() {
			return "SELECT COUNT(*) FROM pg_locks WHERE NOT granted";
		}

	}

	@Nested
	class ReadCommittedTests extends Postgres {

		@Override
		int isolation() {
			return TransactionDefinition.ISOLATION_READ_COMMITTED;
		}

	}

	@Nested
	class RepeatableReadTests extends Postgres {

		@Override
		int isolation() {
			return TransactionDefinition.ISOLATION_REPEATABLE_READ;
		}

	}

	@Nested
	class SerializableTests extends Postgres {

		@Override
		int isolation() {
			return TransactionDefinition.ISOLATION_SERIALIZABLE;
		}

	}

}
