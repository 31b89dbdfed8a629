package io.github.distributedlock.reliability.subject;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.LockedCallback;
import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.history.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Locks that poll, as they are often written, with one thing wrong, or nothing. They show
 * that the checker finds what is wrong, and nothing where nothing is.
 */
final class SimpleRegistry implements SubjectLocks {

	private static final long POLL = 20_000_000;

	private static final long NEVER = Long.MAX_VALUE / 4;

	private static final long LATE = 500_000_000;

	private final AtomicLong sequence = new AtomicLong();

	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8, (task) -> {
		Thread thread = new Thread(task, "simple");
		thread.setDaemon(true);
		return thread;
	});

	private final ExecutorService renewals = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "simple-renewal");
		thread.setDaemon(true);
		return thread;
	});

	private final ThreadLocal<Map<String, SimpleLease>> flow = ThreadLocal.withInitial(HashMap::new);

	private final String node;

	private final Flaw flaw;

	private final SimpleStore store;

	private final EventLog log;

	SimpleRegistry(String node, Flaw flaw, int port, EventLog log) {
		this.node = node;
		this.flaw = flaw;
		this.store = new SimpleStore(port, flaw);
		this.log = log;
	}

	/**
	 * The clock of the deadlines: monotonic, or set back by two seconds each four.
	 */
	long now() {
		long now = System.nanoTime();
		return (this.flaw == Flaw.WALL_CLOCK) ? now - 2_000_000_000L * (now / 4_000_000_000L) : now;
	}

	@Override
	public Lease acquire(LockRequest request) {
		Duration lease = Objects.requireNonNull(request.lease());
		long from = System.nanoTime();
		long wait = Objects.requireNonNull(request.waitTime()).toNanos();
		do {
			SimpleLease granted = ask(request, lease, from);
			if (granted != null) {
				return granted;
			}
			LockSupport.parkNanos(POLL / 2 + ThreadLocalRandom.current().nextLong(POLL));
		}
		while (System.nanoTime() - from < wait);
		throw new LockNotAcquiredException(request.key(), Duration.ofNanos(System.nanoTime() - from), null);
	}

	private @Nullable SimpleLease ask(LockRequest request, Duration lease, long from) {
		String lock = String.valueOf(request.key().key());
		String owner = this.node + "#"
				+ ((this.flaw == Flaw.THREAD_OWNER) ? Thread.currentThread().getId() : this.sequence.incrementAndGet());
		long askedAt = now();
		try {
			add(Kind.ASKED, lock, owner, lease.toNanos(), 0);
			long token = this.store.acquire(lock, owner, lease);
			if (token == 0) {
				return null;
			}
			add(Kind.STORE_GRANTED, lock, owner, token, 0);
			SimpleLease granted = new SimpleLease(this, request.key(), owner, token, deadline(askedAt, lease));
			if (granted.isValid()) {
				return started(granted, lease, request.renew());
			}
			granted.close();
			return null;
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			if (this.flaw == Flaw.UNKNOWN_IS_GRANTED) {
				return started(new SimpleLease(this, request.key(), owner, 0, deadline(now(), lease)), lease, true);
			}
			throw new LockUnavailableException(request.key(), Duration.ofNanos(System.nanoTime() - from),
					"the store did not answer", ex);
		}
	}

	private long deadline(long askedAt, Duration lease) {
		return switch (this.flaw) {
			case NO_DEADLINE -> NEVER;
			case DEADLINE_FROM_REPLY -> now() + lease.toNanos();
			case LATE_LOSS -> askedAt + lease.toNanos() + LATE;
			default -> askedAt + lease.toNanos() - lease.toNanos() / 100 - 2_000_000;
		};
	}

	private SimpleLease started(SimpleLease lease, Duration length, boolean renew) {
		long third = length.toNanos() / 3;
		AtomicLong next = new AtomicLong(System.nanoTime() + third);
		lease.upkeep = this.threads.scheduleWithFixedDelay(() -> {
			lease.expire();
			if (renew && System.nanoTime() >= next.get() && lease.loss() == null) {
				next.set(System.nanoTime() + third);
				this.renewals.execute(() -> renew(lease, length));
			}
		}, 5, 5, TimeUnit.MILLISECONDS);
		return lease;
	}

	private void renew(SimpleLease lease, Duration length) {
		String lock = String.valueOf(lease.key().key());
		long askedAt = now();
		long asked = System.nanoTime();
		try {
			if (lease.isReleased() && this.flaw != Flaw.ZOMBIE_RENEWAL) {
				return;
			}
			add(Kind.RENEWING, lock, lease.owner(), length.toNanos(), 0);
			if (this.store.renew(lock, lease.owner(), length)) {
				add(Kind.RENEWED, lock, lease.owner(), length.toNanos(), asked);
				lease.extend(deadline(askedAt, length));
			}
			else {
				add(Kind.RENEWAL_LOST, lock, lease.owner(), 0, asked);
				lease.lost("its record is gone");
			}
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			// Unknown: the deadline stays.
		}
	}

	void release(SimpleLease lease) {
		Future<?> upkeep = lease.upkeep;
		if (upkeep != null && this.flaw == Flaw.ZOMBIE_RENEWAL) {
			this.threads.schedule(() -> upkeep.cancel(false), 2, TimeUnit.SECONDS);
		}
		else if (upkeep != null) {
			upkeep.cancel(false);
		}
		String lock = String.valueOf(lease.key().key());
		add(Kind.STORE_RELEASING, lock, lease.owner(), 0, 0);
		try {
			this.store.release(lock, lease.owner());
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			// It ends by itself.
		}
	}

	private void add(Kind kind, String lock, String owner, long number, long moment) {
		this.log.add(System.nanoTime(), kind, lock, owner, number, moment, "");
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T execute(LockRequest request,
			LockedCallback<T, X> callback) throws X {
		Map<String, SimpleLease> held = this.flow.get();
		String lock = String.valueOf(request.key().key());
		SimpleLease outer = held.get(lock);
		if (outer != null) {
			long raised = (this.flaw == Flaw.TOKEN_RAISED_ON_REENTRY) ? 1 : 0;
			return callback.run(new SimpleLease(this, request.key(), outer.owner(),
					outer.fencingToken().orElse(0) + raised, outer.deadline()));
		}
		SimpleLease lease = (SimpleLease) acquire(request);
		held.put(lock, lease);
		T result;
		LockLostException loss;
		try {
			result = callback.run(lease);
		}
		finally {
			held.remove(lock);
			lease.expire();
			loss = lease.loss();
			lease.close();
		}
		if (loss != null && this.flaw != Flaw.SILENT_LOSS) {
			throw loss.again();
		}
		return result;
	}

}
