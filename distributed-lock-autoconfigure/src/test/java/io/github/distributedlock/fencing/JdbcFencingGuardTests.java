package io.github.distributedlock.fencing;

import java.util.UUID;

import javax.sql.DataSource;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.annotation.Isolation;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JdbcFencingGuard} with H2.
 */
class JdbcFencingGuardTests {

	private static DataSource newDatabase() {
		return new DriverManagerDataSource(
				"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "fence; DROP TABLE orders", "fence WHERE 1 = 1", "a..b" })
	void refusesATableNameThatIsNone(String tableName) {
		assertThatIllegalArgumentException().isThrownBy(() -> new JdbcFencingGuard(newDatabase(), tableName))
			.withMessageContaining("'tableName'");
	}

	@Test
	void refusesAResourceWithoutAName() {
		JdbcFencingGuard guard = new JdbcFencingGuard(newDatabase(), "shop.fence");
		assertThatIllegalArgumentException().isThrownBy(() -> guard.check(" ", 1)).withMessageContaining("'resource'");
	}

	@Nested
	@ParameterizedClass
	@EnumSource(value = Isolation.class, names = { "READ_COMMITTED", "SERIALIZABLE" })
	class H2Tests extends JdbcFencingContract {

		H2Tests(Isolation isolation) {
			super(isolation);
		}

		@Override
		DataSource database() {
			return newDatabase();
		}

		@Override
		String platform() {
			return "h2";
		}

		@Override
		String blockedSessions() {
			return "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL"
					+ " OR EXECUTING_STATEMENT LIKE 'INSERT INTO distributed_lock_fence%'";
		}

	}

}
