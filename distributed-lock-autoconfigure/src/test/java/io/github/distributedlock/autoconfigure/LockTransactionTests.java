package io.github.distributedlock.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for transactions that begin inside and outside of locks.
 */
@ExtendWith(OutputCaptureExtension.class)
class LockTransactionTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class, DistributedLockTransactionAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class, Database.class)
		.withBean(Accounts.class);

	@Test
	void lockIsReleasedAfterTheCommit() {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			accounts.book(context.getBean(LockStore.class));
			assertThat(accounts.events()).containsExactly("held at commit: true");
			assertThat(context.getBean(LockStore.class).isHeld(LockKey.of("accounts"))).isFalse();
			assertThat(accounts.count()).isOne();
		});
	}

	@Test
	void nothingIsCommittedAfterALoss() {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> accounts.bookAndLose(context.getBean(LockStore.class)));
			assertThat(accounts.count()).isZero();
		});
	}

	@Test
	void nothingIsCommittedAfterALossUnderACallerThatRetries() {
		this.contextRunner.withBean(RetriedAccounts.class).run((context) -> {
			RetriedAccounts retried = context.getBean(RetriedAccounts.class);
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> retried.book(context.getBean(LockStore.class)));
			assertThat(retried.tokens()).hasSize(3).doesNotHaveDuplicates().isSorted();
			assertThat(context.getBean(Accounts.class).count()).isZero();
		});
	}

	@Test
	void nothingIsCommittedAfterTheLossOfAnOuterLock() {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			LockRegistry locks = context.getBean(LockRegistry.class);
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> locks.execute(shortLease("outer"), (outer) -> {
					accounts.bookWhile(() -> context.getBean(LockStore.class).steal(outer));
					return null;
				}));
			assertThat(accounts.count()).isZero();
		});
	}

	@Test
	void newTransactionInsideAnOuterOneIsNotCommittedAfterALoss() {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			TransactionTemplate outer = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> outer
				.executeWithoutResult((status) -> accounts.bookAnewAndLose(context.getBean(LockStore.class))));
			assertThat(accounts.count()).isZero();
		});
	}

	@Test
	void programmaticTransactionIsNotCommittedAfterALoss() {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			LockRegistry locks = context.getBean(LockRegistry.class);
			List<String> outcomes = new ArrayList<>();
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> locks.execute(shortLease("outer"), (lease) -> {
					try {
						template.executeWithoutResult((status) -> {
							accounts.insert();
							context.getBean(LockStore.class).steal(lease);
						});
					}
					catch (LockLostException ex) {
						outcomes.add("rolled back");
						throw ex;
					}
					return null;
				}));
			assertThat(outcomes).containsExactly("rolled back");
			assertThat(accounts.count()).isZero();
		});
	}

	@Test
	void transactionOfASecondManagerIsNotCommittedAfterALoss() {
		this.contextRunner.withUserConfiguration(SecondDatabase.class).run((context) -> {
			JdbcTemplate second = new JdbcTemplate(context.getBean("secondDataSource", DataSource.class));
			TransactionTemplate first = new TransactionTemplate(
					context.getBean("transactionManager", PlatformTransactionManager.class));
			TransactionTemplate template = new TransactionTemplate(
					context.getBean("secondTransactionManager", PlatformTransactionManager.class));
			LockRegistry locks = context.getBean(LockRegistry.class);
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> first.executeWithoutResult((outer) -> locks.execute(shortLease("outer"), (lease) -> {
					template.executeWithoutResult((status) -> {
						second.update("insert into account values (1)");
						context.getBean(LockStore.class).steal(lease);
					});
					return null;
				})));
			assertThat(second.queryForObject("select count(*) from account", Integer.class)).isZero();
		});
	}

	@Test
	void readOnlyTransactionIsNotAsked() {
		this.contextRunner.run((context) -> {
			TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			template.setReadOnly(true);
			LockRegistry locks = context.getBean(LockRegistry.class);
			List<String> outcomes = new ArrayList<>();
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> locks.execute(shortLease("outer"), (lease) -> {
					template.executeWithoutResult((status) -> context.getBean(LockStore.class).steal(lease));
					outcomes.add("committed");
					return null;
				}));
			assertThat(outcomes).containsExactly("committed");
		});
	}

	@Test
	void transactionInAReenteredLockIsCommittedAfterTheInnerMethodReturned() {
		this.contextRunner.run((context) -> {
			PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
			LockRegistry locks = context.getBean(LockRegistry.class);
			Accounts accounts = context.getBean(Accounts.class);
			LockRequest request = shortLease("outer");
			locks.execute(request, (outer) -> {
				var status = locks.execute(request,
						(inner) -> manager.getTransaction(TransactionDefinition.withDefaults()));
				accounts.insert();
				manager.commit(status);
				return null;
			});
			assertThat(accounts.count()).isOne();
		});
	}

	@Test
	void exceptionOfTheMethodIsNotMaskedByALoss() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> context.getBean(Accounts.class).failAndLose(context.getBean(LockStore.class)))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class)));
	}

	@Test
	void transactionOutsideOfAnyLockIsLeftAlone() {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((status) -> accounts.insert());
			assertThat(accounts.count()).isOne();
		});
	}

	@Test
	void transactionOpenAroundALockIsWarnedAboutOnce(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			TransactionTemplate outer = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			outer.executeWithoutResult((status) -> accounts.bookWhile(() -> {
			}));
			outer.executeWithoutResult((status) -> accounts.bookWhile(() -> {
			}));
			assertThat(output).containsOnlyOnce("A transaction is already open where " + Accounts.class.getName()
					+ "#bookWhile(Runnable) takes lock 'accounts'");
		});
	}

	@Test
	void reentryIntoTheLockOfATransactionIsNotWarnedAbout(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			accounts.bookWhile(() -> accounts.bookWhile(() -> {
			}));
			assertThat(accounts.count()).isEqualTo(2);
			assertThat(output).doesNotContain("A transaction is already open");
		});
	}

	@Test
	void managerWithoutListenersIsWarnedAbout(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(ForeignManager.class)
			.run((context) -> assertThat(output).contains("Transactions of 'foreign'").contains("takes no listeners"));
	}

	private static LockRequest shortLease(String name) {
		return LockRequest.of(LockKey.of(name)).withLease(Duration.ofMillis(600));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@EnableResilientMethods
	static class Database {

		@Bean
		DataSource dataSource() {
			return database();
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

		static DataSource database() {
			DataSource dataSource = new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
				.generateUniqueName(true)
				.build();
			new JdbcTemplate(dataSource).execute("create table account (id int)");
			return dataSource;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondDatabase {

		@Bean(defaultCandidate = false)
		DataSource secondDataSource() {
			return Database.database();
		}

		@Bean(defaultCandidate = false)
		PlatformTransactionManager secondTransactionManager(@Qualifier("secondDataSource") DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForeignManager {

		@Bean(defaultCandidate = false)
		PlatformTransactionManager foreign() {
			return new NoTransactions();
		}

	}

}
