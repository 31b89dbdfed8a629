package io.github.distributedlock.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.interceptor.LockAdvisor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the place of the lock among the advices of Spring.
 */
class AdviceOrderTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class, DistributedLockTransactionAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class, Everything.class)
		.withBean(Work.class);

	@Test
	void lockStandsInsideOfAsyncAndRetryAndOutsideOfTransactionAndCache() {
		this.contextRunner.run((context) -> {
			List<String> advices = Arrays.stream(((Advised) context.getBean(Work.class)).getAdvisors())
				.map(Advisor::getAdvice)
				.map((advice) -> advice.getClass().getSimpleName())
				.filter((name) -> !name.isEmpty() && !name.startsWith("ExposeInvocation"))
				.toList();
			int lock = advices.indexOf("LockInterceptor");
			assertThat(advices).hasSize(6).doesNotHaveDuplicates();
			assertThat(advices.subList(0, lock)).satisfiesExactly((name) -> assertThat(name).contains("Async"),
					(name) -> assertThat(name).contains("ConcurrencyLimit"),
					(name) -> assertThat(name).contains("Retry"));
			assertThat(advices.subList(lock + 1, advices.size())).containsExactlyInAnyOrder("TransactionInterceptor",
					"CacheInterceptor");
		});
	}

	@Test
	void asynchronousMethodLocksOnTheThreadThatRunsIt() {
		this.contextRunner.run((context) -> {
			BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
			context.getBean(Work.class).later(seen);
			Object thread = seen.poll(20, TimeUnit.SECONDS);
			assertThat(thread).isNotNull().isNotSameAs(Thread.currentThread());
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isInstanceOf(Lease.class);
			assertThat(context.getBean(LockRegistry.class).currentLease()).isNull();
		});
	}

	@Test
	void retryAcquiresAFreshLeasePerAttempt() {
		this.contextRunner.run((context) -> {
			List<Lease> leases = new ArrayList<>();
			context.getBean(Work.class).succeedAtTheThirdAttempt(leases);
			assertThat(leases).hasSize(3)
				.noneMatch(Lease::isValid)
				.extracting((lease) -> lease.fencingToken().getAsLong())
				.isSorted()
				.doesNotHaveDuplicates();
		});
	}

	@Test
	void orderIsConfigurable() {
		this.contextRunner.withPropertyValues("distributed-lock.order=-3")
			.run((context) -> assertThat(context.getBean(LockAdvisor.class).getOrder()).isEqualTo(-3));
	}

	static class Work {

		private final LockRegistry locks;

		Work(LockRegistry locks) {
			this.locks = locks;
		}

		@Async
		@Retryable
		@ConcurrencyLimit(2)
		@DistributedLock
		@Transactional
		@Cacheable("work")
		public @Nullable String everything() {
			return null;
		}

		@Async
		@DistributedLock
		public void later(BlockingQueue<Object> seen) {
			seen.add(Thread.currentThread());
			seen.add(this.locks.currentLease());
		}

		@Retryable(delay = 1)
		@DistributedLock
		public void succeedAtTheThirdAttempt(List<Lease> leases) {
			assertThat(leases).noneMatch(Lease::isValid);
			leases.add(this.locks.currentLease());
			assertThat(this.locks.currentLease().isValid()).isTrue();
			if (leases.size() < 3) {
				throw new IllegalStateException("not yet");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	@EnableResilientMethods(proxyTargetClass = true)
	@EnableTransactionManagement
	@EnableCaching
	@Import(EmbeddedTransactions.class)
	static class Everything {

		@Bean
		TaskExecutor taskExecutor() {
			return new SimpleAsyncTaskExecutor();
		}

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

}
