package io.github.distributedlock.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.engine.DefaultLockRegistry;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Has the registries of the context connect once all its beans exist, so that connecting
 * does not compete with their creation, and before web servers and listeners start. Shuts
 * them down after web servers, executors and listeners have stopped, and before any
 * client is destroyed. Running methods keep their locks until they end.
 */
final class LockRegistryLifecycle implements SmartLifecycle, DisposableBean {

	static final int PHASE = -1000;

	private final Collection<LockRegistry> registries;

	private final Duration timeout;

	private volatile boolean running;

	LockRegistryLifecycle(Collection<LockRegistry> registries, Duration timeout) {
		this.registries = registries;
		this.timeout = timeout;
	}

	@Override
	public void start() {
		this.running = true;
		engines().forEach(DefaultLockRegistry::connect);
	}

	@Override
	public void stop() {
		this.running = false;
		shutdown(this.timeout);
	}

	@Override
	public void destroy() {
		shutdown(Duration.ZERO);
	}

	private void shutdown(Duration atMost) {
		engines().forEach((engine) -> engine.shutdown(atMost));
	}

	private Stream<DefaultLockRegistry> engines() {
		return this.registries.stream()
			.filter(DefaultLockRegistry.class::isInstance)
			.map(DefaultLockRegistry.class::cast);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
