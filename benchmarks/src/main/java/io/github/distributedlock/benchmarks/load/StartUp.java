package io.github.distributedlock.benchmarks.load;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.github.distributedlock.benchmarks.fork.Outcome;
import io.github.distributedlock.benchmarks.fork.Signal;
import io.github.distributedlock.benchmarks.fork.Task;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The start of an application with many annotated methods.
 *
 * @param application which annotation its methods have
 * @param port Redis on the loopback interface, reachable or not
 * @param beans how many classes with annotated methods it has
 * @param methods how many annotated methods each class has
 * @param call whether a method is called afterwards
 */
public record StartUp(AnnotatedApplication application, int port, int beans, int methods,
		boolean call) implements Task {

	/** Milliseconds until the application has started. */
	public static final String STARTED = "started";

	/** Milliseconds of the first call after that. */
	public static final String FIRST_CALL = "first call";

	@Override
	public Outcome run(Signal signal) throws Exception {
		List<Class<?>> types = AnnotatedClasses.generate(this.application.annotation(), this.beans, this.methods);
		signal.ready();
		long start = System.nanoTime();
		try (ConfigurableApplicationContext context = start(types)) {
			long started = System.nanoTime();
			double call = 0;
			if (this.call) {
				Object bean = context.getBean(types.get(0));
				Method method = bean.getClass().getMethod("method0", Order.class);
				method.invoke(bean, new Order("42"));
				call = (System.nanoTime() - started) / 1e6;
			}
			signal.measured();
			return Outcome.of(Map.of(STARTED, (started - start) / 1e6, FIRST_CALL, call));
		}
	}

	private ConfigurableApplicationContext start(List<Class<?>> types) {
		return new SpringApplicationBuilder(this.application.configuration()).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties("distributed-lock.redis.url=redis://127.0.0.1:" + this.port)
			.initializers((context) -> {
				BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
				types.forEach((type) -> registry.registerBeanDefinition(type.getName(), new RootBeanDefinition(type)));
			})
			.run();
	}

}
