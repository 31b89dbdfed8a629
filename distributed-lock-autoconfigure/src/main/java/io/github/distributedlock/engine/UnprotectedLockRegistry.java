package io.github.distributedlock.engine;

import java.util.List;
import java.util.function.Supplier;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockedCallback;
import io.github.distributedlock.LossPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Grants every request at once and excludes nobody: what remains of a registry when locks
 * are switched off. Its leases say that they are unprotected.
 */
public final class UnprotectedLockRegistry implements LockRegistry {

	private final Flow flow = new Flow();

	@Override
	public Lease acquire(LockRequest request) {
		return new UnprotectedLease(request.key());
	}

	@Override
	public Lease tryAcquire(LockRequest request) {
		return acquire(request);
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T execute(LockRequest request,
			LockedCallback<T, X> callback) throws X {
		UnprotectedLease lease = new UnprotectedLease(request.key());
		return this.flow.run(lease, LossPolicy.THROW, lease::end, callback);
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T executeOrElse(LockRequest request,
			LockedCallback<T, X> callback, Supplier<? extends T> contended) throws X {
		return execute(request, callback);
	}

	@Override
	public @Nullable Lease currentLease() {
		return this.flow.current();
	}

	@Override
	public List<Lease> currentLeases() {
		return this.flow.all();
	}

}
