package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockedCallback;
import io.github.distributedlock.LossPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The leases in which each thread runs, innermost first. What is entered is left by the
 * same call, so no lease outlives it on a pooled thread.
 */
final class Flow {

	private final ThreadLocal<@Nullable Frame> frames = new ThreadLocal<>();

	@Nullable Lease current() {
		Frame frame = this.frames.get();
		return (frame != null) ? frame.lease : null;
	}

	/**
	 * Returns every lease in which the thread runs, the outermost first.
	 */
	List<Lease> all() {
		List<Lease> leases = new ArrayList<>();
		for (Frame frame = this.frames.get(); frame != null; frame = frame.outer) {
			leases.add(0, frame.lease);
		}
		return leases;
	}

	/**
	 * Returns the lease that the thread acquired for a key and runs in.
	 */
	@Nullable LocalLease find(LockKey key) {
		for (Frame frame = this.frames.get(); frame != null; frame = frame.outer) {
			if (frame.lease instanceof LocalLease acquired && acquired.key().equals(key)) {
				return acquired;
			}
		}
		return null;
	}

	/**
	 * Runs a callback in a lease.
	 * @param end ends the lease, and returns what was lost, if it was lost
	 * @throws X if the callback throws it, with the loss suppressed under it
	 * @throws LockLostException if the callback returned and the lease was lost
	 */
	<T extends @Nullable Object, X extends Throwable> T run(Lease lease, LossPolicy onLost,
			Supplier<@Nullable LockLostException> end, LockedCallback<T, X> callback) throws X {
		InterruptOnLoss interrupt = (onLost == LossPolicy.INTERRUPT) ? new InterruptOnLoss() : null;
		if (interrupt != null) {
			lease.onLost(interrupt);
		}
		Frame outer = this.frames.get();
		this.frames.set(new Frame(lease, outer));
		T result;
		try {
			result = callback.run(lease);
		}
		catch (Throwable ex) {
			this.frames.set(outer);
			LockLostException loss = end(lease, interrupt, end);
			if (loss != null && ex != loss && ex.getCause() != loss) {
				ex.addSuppressed(loss);
			}
			throw ex;
		}
		this.frames.set(outer);
		LockLostException loss = end(lease, interrupt, end);
		if (loss != null) {
			throw loss.afterWork();
		}
		return result;
	}

	private @Nullable LockLostException end(Lease lease, @Nullable InterruptOnLoss interrupt,
			Supplier<@Nullable LockLostException> end) {
		if (interrupt != null) {
			interrupt.end();
			if (lease instanceof ReenteredLease entered) {
				entered.outer().forget(interrupt);
			}
		}
		return end.get();
	}

	private record Frame(Lease lease, @Nullable Frame outer) {
	}

}
