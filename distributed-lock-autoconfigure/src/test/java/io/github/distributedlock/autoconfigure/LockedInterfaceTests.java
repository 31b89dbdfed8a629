package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for locks that an interface declares, whoever implements it.
 */
@ExtendWith(OutputCaptureExtension.class)
class LockedInterfaceTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class);

	@Test
	void classBehindAJdkProxyIsLocked() {
		this.contextRunner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean(Shop.class)
			.run((context) -> {
				Shopping shop = context.getBean(Shopping.class);
				assertThat(AopUtils.isJdkDynamicProxy(shop)).isTrue();
				assertThat(shop.buy("7").key()).isEqualTo(LockKey.of(Shopping.class.getName(), "7"));
			});
	}

	@Test
	void lambdaIsLocked() {
		this.contextRunner.withUserConfiguration(Lambda.class)
			.run((context) -> assertThat(context.getBean(Shopping.class).buy("7").key())
				.isEqualTo(LockKey.of(Shopping.class.getName(), "7")));
	}

	@Test
	void repositoryWhoseTargetKnowsNothingOfTheInterfaceIsLocked(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(Repository.class).run((context) -> {
			assertThat(context.getBean(Shopping.class).buy("7").key())
				.isEqualTo(LockKey.of(Shopping.class.getName(), "7"));
			assertThat(output).containsOnlyOnce(Shopping.class.getName() + "#buy(String) runs under lock");
		});
	}

	@Test
	void repositoryThatWasCreatedTooEarlyIsRefused() {
		this.contextRunner.withUserConfiguration(Repository.class, Early.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains(Shopping.class.getName() + "#buy(String) of bean 'repository'")
				.contains("created too early"));
	}

	@Test
	void badDeclarationOfARepositoryIsRefusedByTheNameOfItsInterface() {
		this.contextRunner.withUserConfiguration(BadRepository.class)
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getDescription())
				.contains(BadShopping.class.getName() + "#buy() cannot be locked")
				.contains("it has no unit"));
	}

	@Test
	void repositoryThatCannotBeMadeYetIsLeftAlone() {
		this.contextRunner.withUserConfiguration(Failing.class).run((context) -> assertThat(context).hasNotFailed());
	}

	interface Shopping {

		@DistributedLock("#id")
		Lease buy(String id);

	}

	interface BadShopping {

		@DistributedLock(lease = "30")
		void buy();

	}

	static class Shop implements Shopping {

		private final LockRegistry locks;

		Shop(LockRegistry locks) {
			this.locks = locks;
		}

		@Override
		public Lease buy(String id) {
			return this.locks.currentLease();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lambda {

		@Bean
		Shopping shopping(LockRegistry locks) {
			return (id) -> locks.currentLease();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Repository {

		@Bean
		static RepositoryFactory<Shopping> repository(ObjectProvider<LockRegistry> locks) {
			return new RepositoryFactory<>(Shopping.class, locks);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		static RepositoryFactory<Shopping> repository(ObjectProvider<LockRegistry> locks) {
			return new RepositoryFactory<>(Shopping.class, locks) {

				@Override
				public Shopping getObject() {
					throw new IllegalStateException("not yet");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BadRepository {

		@Bean
		static RepositoryFactory<BadShopping> repository(ObjectProvider<LockRegistry> locks) {
			return new RepositoryFactory<>(BadShopping.class, locks);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Early {

		@Bean
		static BeanFactoryPostProcessor needsTheRepository() {
			return (beanFactory) -> beanFactory.getBean("repository");
		}

	}

	/**
	 * Makes an interface work as repositories do: a proxy around a target of another
	 * type, with an interceptor that answers.
	 *
	 * @param <T> the interface
	 */
	static class RepositoryFactory<T> implements FactoryBean<T> {

		private final Class<T> type;

		private final ObjectProvider<LockRegistry> locks;

		RepositoryFactory(Class<T> type, ObjectProvider<LockRegistry> locks) {
			this.type = type;
			this.locks = locks;
		}

		@Override
		public T getObject() {
			ProxyFactory factory = new ProxyFactory(new Object());
			factory.setInterfaces(this.type);
			factory.addAdvice((MethodInterceptor) (invocation) -> this.locks.getObject().currentLease());
			return this.type.cast(factory.getProxy());
		}

		@Override
		public Class<?> getObjectType() {
			return this.type;
		}

	}

}
