package io.github.distributedlock.autoconfigure.fencing;

import javax.sql.DataSource;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.fencing.FencingGuard;
import io.github.distributedlock.fencing.JdbcFencingGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcFencingAutoConfiguration}.
 */
class JdbcFencingAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcFencingAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	@Test
	void guardOfAnEmbeddedDatabaseHasItsTable() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasBean("distributedLockFencingGuard");
			check(context);
			assertThat(count(context, "distributed_lock_fence")).isOne();
		});
	}

	@Test
	void applicationThatDoesNotUseTheGuardGetsNoTable() {
		this.contextRunner.run((context) -> assertThat(tables(context)).isZero());
	}

	@Test
	void tableIsNotCreatedWhenItMustNotBe() {
		this.contextRunner.withPropertyValues("distributed-lock.fencing.jdbc.initialize-schema=never")
			.run((context) -> {
				assertThat(context.getBean(FencingGuard.class)).isInstanceOf(JdbcFencingGuard.class);
				assertThat(tables(context)).isZero();
			});
	}

	@Test
	void tableThatExistsIsKept() {
		this.contextRunner.withPropertyValues("distributed-lock.fencing.jdbc.initialize-schema=always")
			.run((context) -> {
				new JdbcTemplate(context.getBean(DataSource.class))
					.execute("CREATE TABLE distributed_lock_fence (resource VARCHAR(255) PRIMARY KEY, token BIGINT)");
				check(context);
				assertThat(count(context, "distributed_lock_fence")).isOne();
			});
	}

	@Test
	void tableOfAnotherNameIsLeftToTheApplication() {
		this.contextRunner.withPropertyValues("distributed-lock.fencing.jdbc.table-name=fence").run((context) -> {
			JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
			jdbc.execute("CREATE TABLE fence (resource VARCHAR(255) PRIMARY KEY, token BIGINT)");
			check(context);
			assertThat(count(context, "fence")).isOne();
			assertThat(tables(context)).isZero();
		});
	}

	@Test
	void backsOffWhenTheUserDefinesAGuard() {
		this.contextRunner.withBean("own", FencingGuard.class, OwnGuard::new)
			.run((context) -> assertThat(context).hasSingleBean(FencingGuard.class).hasBean("own"));
	}

	@Test
	void backsOffWithoutADatabaseOrWithSeveral() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcFencingAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(FencingGuard.class));
		this.contextRunner.withBean("one", DataSource.class, DriverManagerDataSource::new)
			.withBean("two", DataSource.class, DriverManagerDataSource::new)
			.run((context) -> assertThat(context).doesNotHaveBean(FencingGuard.class));
	}

	@Test
	void backsOffWithoutSpringJdbc() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(JdbcTemplate.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FencingGuard.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "db2", "derby", "h2", "hsqldb", "mariadb", "mysql", "oracle", "postgresql", "sqlserver" })
	void schemaIsShippedForEveryCommonDatabase(String platform) {
		assertThat(new ClassPathResource("schema-" + platform + ".sql", JdbcFencingGuard.class).exists()).isTrue();
	}

	private static void check(ApplicationContext context) {
		FencingGuard guard = context.getBean(FencingGuard.class);
		new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> guard.check("orders:42", 7));
	}

	private static int tables(ApplicationContext context) {
		return new JdbcTemplate(context.getBean(DataSource.class)).queryForObject(
				"SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'DISTRIBUTED_LOCK_FENCE'",
				Integer.class);
	}

	private static int count(ApplicationContext context, String table) {
		return new JdbcTemplate(context.getBean(DataSource.class)).queryForObject("SELECT COUNT(*) FROM " + table,
				Integer.class);
	}

	private static final class OwnGuard implements FencingGuard {

		@Override
		public void check(LockKey key, long token) {
		}

		@Override
		public void check(String resource, long token) {
		}

	}

}
