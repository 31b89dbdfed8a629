package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/**
 * Beans that are made in ways that are hard to proxy.
 */
final class VerifiedBeans {

	private VerifiedBeans() {
	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenLazily {

		@Bean
		@Lazy
		Object hidden() {
			return new Jobs();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TooEarly {

		@Bean
		static Jobs early() {
			return new Jobs();
		}

		@Bean
		static BeanFactoryPostProcessor needsJobs() {
			return (beanFactory) -> beanFactory.getBean("early");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenByProxy {

		@Bean
		Runnable wrapped() {
			ProxyFactory factory = new ProxyFactory();
			factory.setInterfaces(Runnable.class);
			factory.setTarget(new LockedRunnable());
			return (Runnable) factory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Produced {

		@Bean
		BadFactory bad() {
			return new BadFactory();
		}

	}

	static class BadFactory implements FactoryBean<Bad> {

		@Override
		public Bad getObject() {
			throw new IllegalStateException("created");
		}

		@Override
		public Class<?> getObjectType() {
			return Bad.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProducedJobs {

		@Bean
		JobsFactory jobs(LockRegistry locks) {
			return new JobsFactory(locks);
		}

	}

	static class JobsFactory implements FactoryBean<Jobs> {

		private final LockRegistry locks;

		JobsFactory(LockRegistry locks) {
			this.locks = locks;
		}

		@Override
		public Jobs getObject() {
			Jobs jobs = new Jobs();
			jobs.setLocks(this.locks);
			return jobs;
		}

		@Override
		public Class<?> getObjectType() {
			return Jobs.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Jobs jobs() {
			return new Jobs();
		}

	}

	static class LockedRunnable implements Runnable {

		@Override
		@DistributedLock
		public void run() {
		}

	}

	static class Bad {

		@DistributedLock(lease = "30")
		public void run() {
		}

	}

}
