package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.LockedCallback;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.LockBackend;
import org.jspecify.annotations.Nullable;

/**
 * Grants leases of the locks that a store keeps.
 */
public final class DefaultLockRegistry implements LockRegistry {

	private final Engine engine;

	private final Callers callers;

	private final KeeperThread keeper;

	private final Flow flow = new Flow();

	private final AtomicBoolean shutDown = new AtomicBoolean();

	/**
	 * Creates the registry, and starts the thread that renews its leases. No lease is
	 * ever in doubt because the machine slept: right for a store in this process, which
	 * sleeps with it.
	 * @param backend the store; not closed by this registry
	 * @param settings what to do where a request says nothing
	 */
	public DefaultLockRegistry(LockBackend backend, EngineSettings settings) {
		this(backend, settings, MachineTime.sleeping());
	}

	/**
	 * Creates the registry, and starts the thread that renews its leases.
	 * @param backend the store; not closed by this registry
	 * @param settings what to do where a request says nothing
	 * @param machineTime time in nanoseconds that goes on while the machine sleeps, such
	 * as that of the wall clock. It only ever puts leases in doubt, until the store
	 * confirms them, so it may be set
	 */
	public DefaultLockRegistry(LockBackend backend, EngineSettings settings, LongSupplier machineTime) {
		this(backend, settings, MachineTime.of(machineTime));
	}

	private DefaultLockRegistry(LockBackend backend, EngineSettings settings, MachineTime machineTime) {
		this.engine = new Engine(backend, settings, Ticker.system(), Jitter.random(), machineTime);
		this.callers = new Callers(this.engine);
		this.keeper = new KeeperThread(new LeaseKeeper(this.engine), this.engine.ticker());
		this.engine.alarm(this.keeper);
		this.keeper.start();
	}

	/**
	 * Begins to connect to the store, without waiting for it. Without this the first
	 * acquisition does.
	 */
	public void connect() {
		this.engine.connect();
	}

	@Override
	public Lease acquire(LockRequest request) {
		Terms terms = this.engine.terms(request);
		Lease outer = reenter(terms);
		return (outer != null) ? outer : this.callers.acquire(terms);
	}

	@Override
	public @Nullable Lease tryAcquire(LockRequest request) {
		Terms terms = this.engine.terms(request);
		Lease outer = reenter(terms);
		return (outer != null) ? outer : this.callers.tryAcquire(terms);
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T execute(LockRequest request,
			LockedCallback<T, X> callback) throws X {
		Terms terms = this.engine.terms(request);
		ReenteredLease outer = reenter(terms);
		return (outer != null) ? run(outer, terms, callback) : run(this.callers.acquire(terms), terms, callback);
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T executeOrElse(LockRequest request,
			LockedCallback<T, X> callback, Supplier<? extends T> contended) throws X {
		Terms terms = this.engine.terms(request);
		ReenteredLease outer = reenter(terms);
		if (outer != null) {
			return run(outer, terms, callback);
		}
		LocalLease lease = this.callers.tryAcquire(terms);
		return (lease != null) ? run(lease, terms, callback) : contended.get();
	}

	private <T extends @Nullable Object, X extends Throwable> T run(LocalLease lease, Terms terms,
			LockedCallback<T, X> callback) throws X {
		return this.flow.run(lease, terms.onLost(), lease::end, callback);
	}

	private <T extends @Nullable Object, X extends Throwable> T run(ReenteredLease lease, Terms terms,
			LockedCallback<T, X> callback) throws X {
		return this.flow.run(lease, terms.onLost(), lease.outer()::check, callback);
	}

	/**
	 * Enters a lock again in whose lease the thread already runs. A lost lease is no
	 * basis for more work, and an unprotected one none for a request that fails closed.
	 * One that the callback closed by itself is over, and the lock is acquired anew.
	 */
	private @Nullable ReenteredLease reenter(Terms terms) {
		LocalLease outer = this.flow.find(terms.key());
		if (outer == null || outer.isClosed()) {
			return null;
		}
		LockLostException loss = outer.check();
		if (loss != null) {
			throw loss.again();
		}
		if (!outer.isProtected() && terms.onUnavailable() == OutagePolicy.FAIL_CLOSED) {
			throw new LockUnavailableException(terms.key(), Duration.ZERO,
					"it is held unprotected, because the store did not answer when it was acquired", null);
		}
		return new ReenteredLease(outer);
	}

	@Override
	public @Nullable Lease currentLease() {
		return this.flow.current();
	}

	@Override
	public List<Lease> currentLeases() {
		return this.flow.all();
	}

	/**
	 * Refuses new acquisitions, lets go whoever waits, and goes on renewing what is held
	 * until the work that holds it ends. What is held after the timeout is released all
	 * the same, counts as lost, and is named in the log. Further calls do nothing.
	 * @param timeout how long to wait at most for work that holds a lock
	 */
	public void shutdown(Duration timeout) {
		if (this.shutDown.compareAndSet(false, true)) {
			new Shutdown(this.engine).run(timeout);
			this.keeper.stop();
			this.engine.notifier().stop();
		}
	}

}
