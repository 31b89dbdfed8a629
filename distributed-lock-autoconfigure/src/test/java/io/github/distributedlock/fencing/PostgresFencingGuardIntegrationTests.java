package io.github.distributedlock.fencing;

import java.io.IOException;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.annotation.Isolation;

/**
 * Tests for {@link JdbcFencingGuard} with PostgreSQL, which ends a transaction with its
 * first failed statement.
 */
@ParameterizedClass
@EnumSource(value = Isolation.class, names = { "READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE" })
class PostgresFencingGuardIntegrationTests extends JdbcFencingContract {

	private static EmbeddedPostgres server;

	PostgresFencingGuardIntegrationTests(Isolation isolation) {
		super(isolation);
	}

	@BeforeAll
	static void start() throws IOException {
		server = EmbeddedPostgres.start();
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

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
