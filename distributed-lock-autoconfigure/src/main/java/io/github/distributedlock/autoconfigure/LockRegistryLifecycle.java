package io.github.distributedlock.autoconfigure;

import java.time.Duration;
import java.util.Collection;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.engine.DefaultLockRegistry;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Shuts the registries of the context down after web servers, executors and listeners
 * have stopped, and before any client is destroyed. Running methods keep their locks
 * until they end.
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
		for (LockRegistry registry : this.registries) {
			if (registry instanceof DefaultLockRegistry engine) {
				engine.shutdown(atMost);
			}
		}
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
