package io.github.distributedlock.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRegistryShutdownException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryLockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;
import io.github.distributedlock.engine.DefaultLockRegistry;
import io.github.distributedlock.engine.EngineSettings;
import io.github.distributedlock.engine.UnprotectedLockRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DistributedLockAutoConfiguration} and
 * {@link InMemoryLockBackendAutoConfiguration}.
 */
class DistributedLockAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(DistributedLockAutoConfiguration.class, InMemoryLockBackendAutoConfiguration.class));

	@Test
	void keepsLocksInMemoryWhenAskedTo() {
		this.contextRunner.withPropertyValues("distributed-lock.backend=in-memory").run((context) -> {
			assertThat(context).hasSingleBean(LockRegistry.class).hasBean("distributedLockRegistry");
			assertThat(context.getBean(LockRegistry.class)).isInstanceOf(DefaultLockRegistry.class);
			assertThat(context.getBean("distributedLockBackend")).isInstanceOf(InMemoryLockBackend.class);
		});
	}

	@Test
	void understandsEverySpellingOfABackend() {
		this.contextRunner.withPropertyValues("distributed-lock.backend=IN_MEMORY")
			.run((context) -> assertThat(context).hasSingleBean(LockBackend.class));
	}

	@Test
	void bindsEveryProperty() {
		this.contextRunner
			.withPropertyValues("distributed-lock.backend=in-memory", "distributed-lock.namespace=shop",
					"distributed-lock.wait-time=2s", "distributed-lock.lease=10s",
					"distributed-lock.on-unavailable=fail-open", "distributed-lock.on-lost=interrupt",
					"distributed-lock.command-timeout=300ms", "distributed-lock.hand-off.enabled=false",
					"distributed-lock.hand-off.slice=5ms", "distributed-lock.max-hold=1h",
					"distributed-lock.shutdown-timeout=9s", "distributed-lock.order=7")
			.run((context) -> {
				DistributedLockProperties properties = context.getBean(DistributedLockProperties.class);
				assertThat(properties.namespace()).isEqualTo("shop");
				assertThat(properties.waitTime()).isEqualTo(Duration.ofSeconds(2));
				assertThat(properties.lease()).isEqualTo(Duration.ofSeconds(10));
				assertThat(properties.onUnavailable()).isEqualTo(OutagePolicy.FAIL_OPEN);
				assertThat(properties.handOff())
					.isEqualTo(new DistributedLockProperties.HandOff(false, Duration.ofMillis(5)));
				assertThat(properties.maxHold()).isEqualTo(Duration.ofHours(1));
				assertThat(properties.shutdownTimeout()).isEqualTo(Duration.ofSeconds(9));
				assertThat(properties.order()).isEqualTo(7);
			});
	}

	@Test
	void backsOffWhenTheUserDefinesARegistry() {
		this.contextRunner.withUserConfiguration(OwnRegistry.class)
			.run((context) -> assertThat(context).hasSingleBean(LockRegistry.class).hasBean("ownRegistry"));
	}

	@Test
	void backsOffWhenTheUserDefinesABackend() {
		this.contextRunner.withUserConfiguration(LockStore.SharedStore.class)
			.run((context) -> assertThat(context).hasSingleBean(LockBackend.class).hasSingleBean(LockRegistry.class));
	}

	@Test
	void toleratesAForeignBeanNamedLockRegistry() {
		this.contextRunner.withPropertyValues("distributed-lock.backend=in-memory")
			.withBean("lockRegistry", Object.class)
			.run((context) -> assertThat(context).hasSingleBean(LockRegistry.class));
	}

	@Test
	void failsWithoutABackend() {
		this.contextRunner.run((context) -> {
			FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'redisson' (distributed-lock.backend)")
				.contains("nothing provides that store");
			assertThat(analysis.getAction()).contains("org.redisson:redisson").contains("in-memory");
		});
	}

	@Test
	void namesTheBackendsThatExistWhenTheConfiguredOneDoesNot() {
		this.contextRunner.withPropertyValues("distributed-lock.backend=mongo").run((context) -> {
			FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("distributed-lock.backend").contains("mongo");
			assertThat(analysis.getAction()).contains("REDISSON", "IN_MEMORY").doesNotContain("JDBC");
		});
	}

	@Test
	void namesThePoliciesThatExistWhenTheConfiguredOneDoesNot() {
		this.contextRunner
			.withPropertyValues("distributed-lock.backend=in-memory", "distributed-lock.on-unavailable=ignore")
			.run((context) -> assertThat(Analyses.of(context.getStartupFailure()).getAction()).contains("FAIL_CLOSED",
					"FAIL_OPEN"));
	}

	@ParameterizedTest
	@CsvSource({ "lease, 499ms, at least 500ms", "wait-time, -1s, not be negative", "command-timeout, 0s, positive",
			"hand-off.slice, 0ms, at least 1ms", "max-hold, 0s, positive", "shutdown-timeout, -1s, not be negative",
			"namespace, '', must not be empty", "max-waiters-per-key, 0, at least 1", "max-waiters, 0, at least 1",
			"breaker.failure-threshold, 0, at least 1", "breaker.probe-delay, 0ms, at least 1ms",
			"breaker.max-probe-delay, 50ms, must not be below" })
	void refusesAValueThatCannotWork(String property, String value, String reason) {
		AtomicReference<Environment> environment = new AtomicReference<>();
		this.contextRunner
			.withPropertyValues("distributed-lock.backend=in-memory", "distributed-lock." + property + "=" + value)
			.withInitializer((context) -> environment.set(context.getEnvironment()))
			.run((context) -> {
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure(), environment.get());
				assertThat(analysis.getDescription()).contains("distributed-lock." + property).contains(reason);
			});
	}

	@Test
	void killSwitchKeepsTheRegistryAndNeedsNoBackend() {
		this.contextRunner.withPropertyValues("distributed-lock.enabled=false").run((context) -> {
			assertThat(context.getBean("distributedLockRegistry")).isInstanceOf(UnprotectedLockRegistry.class);
			try (Lease lease = context.getBean(LockRegistry.class).acquire(LockRequest.of(LockKey.of("orders")))) {
				assertThat(lease.isProtected()).isFalse();
			}
		});
	}

	@Test
	void shutdownWaitsForRunningWorkAndRefusesMore() {
		this.contextRunner.withUserConfiguration(LockStore.SharedStore.class).run((context) -> {
			LockRegistry registry = context.getBean(LockRegistry.class);
			LockRequest request = LockRequest.of(LockKey.of("orders"));
			LockStore store = context.getBean(LockStore.class);
			CountDownLatch running = new CountDownLatch(1);
			CountDownLatch end = new CountDownLatch(1);
			CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(() -> registry.execute(request, (lease) -> {
				running.countDown();
				await(end);
				return lease.isValid();
			}));
			await(running);
			LockRegistryLifecycle lifecycle = context.getBean(LockRegistryLifecycle.class);
			assertThat(lifecycle.isRunning()).isTrue();
			CompletableFuture<Void> stop = CompletableFuture.runAsync(lifecycle::stop);
			assertThat(stop).isNotDone();
			assertThat(store.isHeld(request.key())).isTrue();
			end.countDown();
			stop.get(20, TimeUnit.SECONDS);
			assertThat(work.get(20, TimeUnit.SECONDS)).isTrue();
			assertThatExceptionOfType(LockRegistryShutdownException.class).isThrownBy(() -> registry.acquire(request));
			assertThat(store.isHeld(request.key())).isFalse();
		});
	}

	@Test
	void closingAChildLeavesTheRegistryOfItsParentAlone() {
		this.contextRunner.withUserConfiguration(LockStore.SharedStore.class)
			.run((parent) -> this.contextRunner.withParent(parent).run((child) -> {
				assertThat(child).hasNotFailed();
				child.close();
				try (Lease lease = parent.getBean(LockRegistry.class).acquire(LockRequest.of(LockKey.of("orders")))) {
					assertThat(lease.isValid()).isTrue();
				}
			}));
	}

	@Test
	void stopsAfterEverythingThatMayHoldALock() {
		assertThat(new LockRegistryLifecycle(List.of(), Duration.ZERO).getPhase()).isNegative();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		LockRegistry ownRegistry() {
			return new DefaultLockRegistry(new InMemoryStore().connect(), EngineSettings.defaults());
		}

	}

}
