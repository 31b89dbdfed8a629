package io.github.distributedlock.benchmarks.method;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Four threads that pass one lock on, beside a fair lock of the JDK.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(4)
public class HandOff {

	private final ReentrantLock fair = new ReentrantLock(true);

	private final LockRequest request = LockRequest.of("benchmark", "one");

	private ConfigurableApplicationContext context;

	private LockRegistry registry;

	/**
	 * Starts the application.
	 */
	@Setup
	public void start() {
		this.context = OrderApplication.start();
		this.registry = this.context.getBean(LockRegistry.class);
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * This project, in memory.
	 * @return whether the lease was valid
	 */
	@Benchmark
	public boolean lease() {
		try (Lease lease = this.registry.acquire(this.request)) {
			return lease.isValid();
		}
	}

	/**
	 * {@link ReentrantLock}, fair.
	 * @return whether it was held
	 */
	@Benchmark
	public boolean fairLock() {
		this.fair.lock();
		try {
			return this.fair.isHeldByCurrentThread();
		}
		finally {
			this.fair.unlock();
		}
	}

}
