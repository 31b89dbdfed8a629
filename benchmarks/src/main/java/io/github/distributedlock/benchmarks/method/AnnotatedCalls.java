package io.github.distributedlock.benchmarks.method;

import java.util.concurrent.TimeUnit;

import io.github.distributedlock.benchmarks.load.Order;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What an annotation costs, with locks in memory: the advice, the key and the engine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnnotatedCalls {

	static final int ENTRIES = 1000;

	private final Order order = new Order("42");

	private ConfigurableApplicationContext context;

	private OrderService orders;

	/**
	 * Starts the application.
	 */
	@Setup
	public void start() {
		this.context = OrderApplication.start();
		this.orders = this.context.getBean(OrderService.class);
		this.orders.cached(this.order);
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * A proxied method without annotation.
	 * @return the result
	 */
	@Benchmark
	public String plain() {
		return this.orders.plain(this.order);
	}

	/**
	 * A hit of {@code @Cacheable}.
	 * @return the result
	 */
	@Benchmark
	public String cacheable() {
		return this.orders.cached(this.order);
	}

	/**
	 * A free lock.
	 * @return the result
	 */
	@Benchmark
	public String locked() {
		return this.orders.locked(this.order);
	}

	/**
	 * A lock that the thread holds already.
	 * @return the result
	 */
	@Benchmark
	@OperationsPerInvocation(ENTRIES)
	public String reentrant() {
		return this.orders.lockedOutside(this.order, this.orders, ENTRIES);
	}

}
