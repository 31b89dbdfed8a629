package io.github.distributedlock.autoconfigure;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.InvalidLockKeyException;
import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.autoconfigure.Orders.Order;
import org.aspectj.weaver.Advice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.autoproxy.InfrastructureAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for annotated methods of a running application.
 */
class LockedMethodTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class, DistributedLockTransactionAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class)
		.withBean(Orders.class);

	@Test
	void methodRunsUnderItsLock() {
		this.contextRunner.run((context) -> {
			assertThat(AopUtils.isCglibProxy(context.getBean(Orders.class))).isTrue();
			Lease lease = context.getBean(Orders.class).pay(new Order("42"));
			assertThat(lease.key()).isEqualTo(LockKey.of("orders", "42"));
			assertThat(lease.isProtected()).isTrue();
			assertThat(lease.isValid()).isFalse();
			assertThat(context.getBean(LockStore.class).isHeld(lease.key())).isFalse();
		});
	}

	@Test
	void methodRunsUnderItsLockWithoutTheWeaver() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
					DistributedLockAdviceAutoConfiguration.class))
			.withUserConfiguration(LockStore.SharedStore.class)
			.withClassLoader(new FilteredClassLoader(Advice.class))
			.withBean(Visible.class)
			.run((context) -> {
				assertThat(context.getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME))
					.isExactlyInstanceOf(InfrastructureAdvisorAutoProxyCreator.class);
				assertThat(context.getBean(Visible.class).run()).isNotNull();
			});
	}

	@Test
	void methodOfAClassBehindAnInterfaceProxyRunsUnderItsLock() {
		this.contextRunner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("service", ServiceImplementation.class)
			.run((context) -> {
				Service service = context.getBean(Service.class);
				assertThat(AopUtils.isJdkDynamicProxy(service)).isTrue();
				Lease lease = service.serve("7");
				assertThat(lease).isNotNull();
				assertThat(lease.key()).isEqualTo(LockKey.of(ServiceImplementation.class.getName(), "7"));
			});
	}

	@Test
	void keyMayUseTheNamesOfTheInterfaceAndOfTheImplementation() {
		this.contextRunner.withBean(NamedByInterface.class).run((context) -> {
			NamedByInterface bean = context.getBean(NamedByInterface.class);
			assertThat(bean.byInterface("1").key().key()).isEqualTo("1");
			assertThat(bean.byImplementation("2").key().key()).isEqualTo("2");
		});
	}

	@Test
	void keyMayUseTheRootAndBeans() {
		this.contextRunner.withBean("tenants", Tenants.class).run((context) -> {
			Orders orders = context.getBean(Orders.class);
			assertThat(orders.root("x").key().key()).isEqualTo("root-" + Orders.class.getName() + "-x-the orders");
			assertThat(orders.bean().key().key()).isEqualTo("acme");
		});
	}

	@Test
	void contendedMethodThrows() {
		this.contextRunner.run((context) -> {
			context.getBean(LockStore.class).hold(LockKey.of("orders", "42"));
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> context.getBean(Orders.class).pay(new Order("42")));
		});
	}

	@Test
	void contendedMethodIsSkipped() {
		this.contextRunner.run((context) -> {
			context.getBean(LockStore.class).hold(LockKey.of("skipped"));
			Orders orders = context.getBean(Orders.class);
			assertThat(orders.skippedText()).isNull();
			assertThat(orders.skippedOptional()).isEmpty();
			assertThatNoException().isThrownBy(orders::skippedNothing);
		});
	}

	@Test
	void exceptionsOfTheMethodPassAsTheyAre() {
		this.contextRunner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			assertThatExceptionOfType(IOException.class).isThrownBy(orders::failChecked).withMessage("checked");
			assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(orders::failContended);
			assertThat(context.getBean(LockStore.class).isHeld(LockKey.of("failing"))).isFalse();
		});
	}

	@Test
	void methodThatReturnsAfterALossThrows() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> context.getBean(Orders.class).lose(context.getBean(LockStore.class))));
	}

	@Test
	void keyThatIdentifiesNothingIsRefusedBeforeAnythingIsAsked() {
		this.contextRunner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> orders.pay(new Order(null)))
				.withMessageContaining("\"#order.id\"")
				.withMessageContaining(Orders.class.getName() + "#pay(")
				.withMessageContaining("lock 'orders'")
				.withMessageContaining("is null");
			assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> orders.pay(new Order("")))
				.withMessageContaining("is empty");
			assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> orders.anything(new Object()))
				.withMessageContaining("java.lang.Object");
			assertThatExceptionOfType(InvalidLockKeyException.class).isThrownBy(() -> orders.pay(null))
				.withMessageContaining("EL1007E");
		});
	}

	@Test
	void keyThatIdentifiesNothingIsRefusedAlsoWhenFailingOpen() {
		this.contextRunner.withPropertyValues("distributed-lock.on-unavailable=fail-open")
			.run((context) -> assertThatExceptionOfType(InvalidLockKeyException.class)
				.isThrownBy(() -> context.getBean(Orders.class).pay(new Order(null))));
	}

	@Test
	void exceptionOfABeanInTheKeyPassesAsItIs() {
		this.contextRunner.withBean("tenants", FailingTenants.class)
			.run((context) -> assertThatExceptionOfType(SecurityException.class)
				.isThrownBy(() -> context.getBean(Orders.class).bean()));
	}

	@Test
	void reentryIntoTheSameLockGoesOn() {
		this.contextRunner.withBean(Shipping.class)
			.run((context) -> assertThat(context.getBean(Shipping.class).ship(new Order("42"))).isTrue());
	}

	@Test
	void secondCallerWaitsForTheFirst() {
		this.contextRunner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			CountDownLatch entered = new CountDownLatch(1);
			CountDownLatch leave = new CountDownLatch(1);
			CompletableFuture<Void> first = CompletableFuture.runAsync(() -> orders.hold(entered, leave));
			assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
			CountDownLatch second = new CountDownLatch(1);
			CompletableFuture<Void> next = CompletableFuture.runAsync(() -> orders.hold(second, leave));
			assertThat(second.await(100, TimeUnit.MILLISECONDS)).isFalse();
			leave.countDown();
			CompletableFuture.allOf(first, next).get(20, TimeUnit.SECONDS);
		});
	}

	@Test
	void killSwitchRunsMethodsWithoutLocks() {
		this.contextRunner.withPropertyValues("distributed-lock.enabled=false").run((context) -> {
			context.getBean(LockStore.class).hold(LockKey.of("orders", "42"));
			assertThat(context.getBean(Orders.class).pay(new Order("42")).isProtected()).isFalse();
		});
	}

	static class Tenants {

		public String current() {
			return "acme";
		}

	}

	static class FailingTenants {

		public String current() {
			throw new SecurityException("who?");
		}

	}

	public static class Visible {

		private @Nullable LockRegistry locks;

		@Autowired
		public void setLocks(LockRegistry locks) {
			this.locks = locks;
		}

		@DistributedLock
		public @Nullable Lease run() {
			return this.locks.currentLease();
		}

	}

	interface Service {

		Lease serve(String id);

	}

	static class ServiceImplementation implements Service {

		private final LockRegistry locks;

		ServiceImplementation(LockRegistry locks) {
			this.locks = locks;
		}

		@Override
		@DistributedLock("#id")
		public Lease serve(String id) {
			return this.locks.currentLease();
		}

	}

	interface Names {

		@DistributedLock("#declared")
		Lease byInterface(String declared);

		@DistributedLock("#implemented")
		Lease byImplementation(String declared);

	}

	static class NamedByInterface implements Names {

		private final LockRegistry locks;

		NamedByInterface(LockRegistry locks) {
			this.locks = locks;
		}

		@Override
		public Lease byInterface(String implemented) {
			return this.locks.currentLease();
		}

		@Override
		public Lease byImplementation(String implemented) {
			return this.locks.currentLease();
		}

	}

}
