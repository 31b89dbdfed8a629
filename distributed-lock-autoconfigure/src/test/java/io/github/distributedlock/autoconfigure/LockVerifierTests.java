package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.annotation.EnableTransactionManagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LockVerifier} and the analyses of what it refuses.
 */
@ExtendWith(OutputCaptureExtension.class)
class LockVerifierTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class, DistributedLockTransactionAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class);

	@Test
	void writesEachLockToTheLogOnce(CapturedOutput output) {
		this.contextRunner.withBean("a", Jobs.class).withBean("b", Jobs.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).containsOnlyOnce(
					Jobs.class.getName() + "#run() runs under lock " + Jobs.class.getName() + ".run, lease 1m");
		});
	}

	@Test
	void startsWithoutWarnings(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(Transactions.class).withBean(Jobs.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).doesNotContain("not eligible").doesNotContain("WARN");
		});
	}

	@Test
	void killSwitchWarnsOnceAndNamesTheMethods(CapturedOutput output) {
		this.contextRunner.withPropertyValues("distributed-lock.enabled=false", "spring.aop.auto=false")
			.withBean("a", Jobs.class)
			.withBean("b", Jobs.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).containsOnlyOnce("Locks are switched off (distributed-lock.enabled=false). "
						+ "These methods run without: " + Jobs.class.getName() + "#run()");
			});
	}

	@Test
	void refusesWhenNoProxiesAreCreated() {
		this.contextRunner.withPropertyValues("spring.aop.auto=false").withBean("jobs", Jobs.class).run((context) -> {
			FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(Jobs.class.getName() + "#run() of bean 'jobs'")
				.contains("no proxies are created");
			assertThat(analysis.getAction()).contains("spring-boot-starter-aspectj").contains("spring.aop.auto");
		});
	}

	@Test
	void refusesWhenNeitherWeaverNorClassProxiesCreateProxies() {
		this.contextRunner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withClassLoader(new FilteredClassLoader("org.aspectj"))
			.withBean("jobs", Jobs.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("no proxies are created"));
	}

	@Test
	void refusesALazyBeanWhenNoProxiesAreCreated() {
		this.contextRunner.withPropertyValues("spring.aop.auto=false")
			.withBean("jobs", Jobs.class, Jobs::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void refusesABeanThatOnlyItsCreationRevealsWhenNoProxiesAreCreated() {
		this.contextRunner.withPropertyValues("spring.aop.auto=false")
			.withUserConfiguration(VerifiedBeans.HiddenLazily.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> context.getBean("hidden"))
					.withRootCauseInstanceOf(LockAdviceMissingException.class);
			});
	}

	@Test
	void refusesABeanThatWasCreatedTooEarly() {
		this.contextRunner.withUserConfiguration(VerifiedBeans.TooEarly.class).run((context) -> {
			FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(Jobs.class.getName() + "#run() of bean 'early'")
				.contains("created too early");
			assertThat(analysis.getAction()).contains("BeanPostProcessor").contains("'early'").contains("@Lazy");
		});
	}

	@Test
	void refusesASingletonThatWasRegisteredPastSpring() {
		this.contextRunner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("foreign", new Jobs()))
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("bean 'foreign'"));
	}

	@Test
	void refusesAProxyThatHidesTheAnnotatedClass() {
		this.contextRunner.withUserConfiguration(VerifiedBeans.HiddenByProxy.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("bean 'wrapped'"));
	}

	@Test
	void refusesABadDeclarationOfALazyBean() {
		this.contextRunner
			.withBean("bad", VerifiedBeans.Bad.class, VerifiedBeans.Bad::new,
					(definition) -> definition.setLazyInit(true))
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription())
					.contains(VerifiedBeans.Bad.class.getName() + "#run() cannot be locked")
					.contains("lease = \"30\"")
					.contains("it has no unit");
				assertThat(analysis.getAction()).contains("30s");
			});
	}

	@Test
	void refusesABadDeclarationOfASingletonBeforeItIsUsed() {
		this.contextRunner.withBean("bad", VerifiedBeans.Bad.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("it has no unit"));
	}

	@Test
	void refusesABadDeclarationOfAPrototype() {
		this.contextRunner
			.withBean("bad", VerifiedBeans.Bad.class, VerifiedBeans.Bad::new,
					(definition) -> definition.setScope(ConfigurableBeanFactory.SCOPE_PROTOTYPE))
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void refusesABadDeclarationOfAProductWithoutCreatingIt() {
		this.contextRunner.withUserConfiguration(VerifiedBeans.Produced.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("it has no unit"));
	}

	@Test
	void locksTheProductOfAFactory() {
		this.contextRunner.withUserConfiguration(VerifiedBeans.ProducedJobs.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("jobs", Jobs.class).run()).isTrue();
		});
	}

	@Test
	void locksAScopedBeanBehindItsProxyOnce() {
		this.contextRunner.withUserConfiguration(VerifiedBeans.Scoped.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Jobs.class).run()).isTrue();
		});
	}

	@Test
	void locksAMethodOfAConfigurationClass() {
		this.contextRunner.withUserConfiguration(LockedConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(LockedConfiguration.class).run()).isTrue();
		});
	}

	@Test
	void locksInAnApplicationThatIsLazyAltogether() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(Jobs.class)
			.run((context) -> assertThat(context.getBean(Jobs.class).run()).isTrue());
	}

	@Test
	void refusesAMissingBackendInAnApplicationThatIsLazyAltogether() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
					DistributedLockAdviceAutoConfiguration.class))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(Jobs.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains("nothing provides that store"));
	}

	@Test
	void refusesAMethodThatNoInterfaceOfItsProxyDeclares() {
		this.contextRunner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("undeclared", Undeclared.class)
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("none of them declares the method");
				assertThat(analysis.getAction()).contains("spring.aop.proxy-target-class");
			});
	}

	static class Undeclared implements Runnable {

		@Override
		public void run() {
		}

		@DistributedLock
		public void other() {
		}

	}

	@Configuration
	static class LockedConfiguration {

		@Autowired
		private LockRegistry locks;

		@DistributedLock
		public boolean run() {
			return this.locks.currentLease() != null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@Import(EmbeddedTransactions.class)
	static class Transactions {

	}

}
