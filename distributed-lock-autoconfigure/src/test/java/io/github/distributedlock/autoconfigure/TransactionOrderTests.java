package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.annotation.DistributedLock;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TransactionOrder}.
 */
class TransactionOrderTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class, DistributedLockTransactionAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class);

	@Test
	void refusesATransactionOutsideTheLock() {
		this.contextRunner.withUserConfiguration(OuterTransactions.class)
			.withBean(TransactionalJobs.class)
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains(TransactionalJobs.class.getName() + "#run()")
					.contains("would commit after its lock is released")
					.contains("has order 5");
				assertThat(analysis.getAction()).contains("distributed-lock.order").contains("below 5");
			});
	}

	@Test
	void refusesATransactionOutsideTheLockOfALazyBean() {
		this.contextRunner.withUserConfiguration(OuterTransactions.class)
			.withBean(TransactionalJobs.class, TransactionalJobs::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void acceptsAnOuterTransactionOfOtherMethods() {
		this.contextRunner.withUserConfiguration(OuterTransactions.class)
			.withBean(Jobs.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void acceptsALockThatIsOrderedOutsideOfAnOuterTransaction() {
		this.contextRunner.withUserConfiguration(OuterTransactions.class)
			.withPropertyValues("distributed-lock.order=4")
			.withBean(TransactionalJobs.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static class Jobs {

		@DistributedLock
		public void run() {
		}

	}

	static class TransactionalJobs {

		@Transactional
		@DistributedLock
		public void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 5)
	@Import(EmbeddedTransactions.class)
	static class OuterTransactions {

	}

}
