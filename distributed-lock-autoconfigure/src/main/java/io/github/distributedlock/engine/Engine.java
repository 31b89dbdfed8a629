package io.github.distributedlock.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * What the queues of a node share: the store, the time, owner ids, and the table of
 * queues itself.
 */
final class Engine implements WakeUpListener {

	private final GuardedBackend backend;

	private final CircuitBreaker breaker;

	private final EngineSettings settings;

	private final Ticker ticker;

	private final MachineTime machineTime;

	private final Jitter jitter;

	private final LossNotifier notifier = new LossNotifier();

	private final Wakes wakes = new Wakes();

	private final Compensations compensations;

	private final OutageLog outageLog;

	private final Agenda agenda = new Agenda();

	private final KeyLocks locks = new KeyLocks();

	private final Map<LockKey, KeyQueue> queues = new ConcurrentHashMap<>();

	private final String ownerPrefix;

	private final AtomicLong sequence = new AtomicLong();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private volatile LongConsumer alarm = (due) -> {
	};

	private volatile boolean connected;

	private volatile boolean shutDown;

	Engine(LockBackend backend, EngineSettings settings, Ticker ticker, Jitter jitter) {
		this(backend, settings, ticker, jitter, MachineTime.sleeping());
	}

	Engine(LockBackend backend, EngineSettings settings, Ticker ticker, Jitter jitter, MachineTime machineTime) {
		this.ownerPrefix = backend.node() + "#";
		this.settings = settings;
		this.ticker = ticker;
		this.jitter = jitter;
		this.machineTime = machineTime;
		this.breaker = new CircuitBreaker(settings.breaker(), commandTimeout(), ticker, jitter, this::schedule);
		this.backend = new GuardedBackend(backend, this.breaker, ticker, commandTimeout(), () -> owner(nextNumber()));
		this.compensations = new Compensations(this.backend, jitter);
		this.outageLog = new OutageLog(ticker);
		backend.wakeUps(this);
		backend.deliveries(this.wakes);
	}

	GuardedBackend backend() {
		return this.backend;
	}

	Ticker ticker() {
		return this.ticker;
	}

	MachineTime machineTime() {
		return this.machineTime;
	}

	Jitter jitter() {
		return this.jitter;
	}

	LossNotifier notifier() {
		return this.notifier;
	}

	Wakes wakes() {
		return this.wakes;
	}

	OutageLog outageLog() {
		return this.outageLog;
	}

	Compensations compensations() {
		return this.compensations;
	}

	Agenda agenda() {
		return this.agenda;
	}

	/**
	 * Returns the lock that guards the queue of a key, and some others.
	 */
	ReentrantLock lock(LockKey key) {
		return this.locks.of(key);
	}

	Iterable<KeyQueue> queues() {
		return this.queues.values();
	}

	/**
	 * Returns about how many keys there are.
	 */
	int keys() {
		return this.queues.size();
	}

	Terms terms(LockRequest request) {
		return Terms.of(request, this.settings, this.backend.limits());
	}

	long commandTimeout() {
		return Terms.nanos(this.settings.commandTimeout());
	}

	boolean handsOff() {
		return this.settings.handOff();
	}

	boolean awaitsReleases() {
		return this.settings.release() == ReleaseMode.SYNC;
	}

	long slice() {
		return Terms.nanos(this.settings.handOffSlice());
	}

	WaiterLimits waiterLimits() {
		return this.settings.waiters();
	}

	/**
	 * Returns what callers are told while the store is out, or {@code null} while it may
	 * be asked.
	 */
	@Nullable BackendUnavailableException refusal() {
		return this.breaker.refusal();
	}

	/**
	 * Returns the number of an owner id that was never used and never will be again.
	 */
	long nextNumber() {
		return this.sequence.incrementAndGet();
	}

	/**
	 * Returns the owner id with a number.
	 */
	String owner(long number) {
		return this.ownerPrefix + number;
	}

	boolean isOwn(String owner) {
		return owner.startsWith(this.ownerPrefix);
	}

	/**
	 * Begins to connect to the store.
	 */
	void connect() {
		this.backend.connect();
	}

	/**
	 * Waits until the first attempt to connect to the store has ended, in whatever way:
	 * neither the store's silence nor another holder is waited for meanwhile.
	 */
	void awaitConnection() throws InterruptedException {
		if (!this.connected) {
			try {
				this.backend.connect().get();
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException(ex.getCause());
			}
			this.connected = true;
		}
	}

	/**
	 * Lets a caller wait for its turn.
	 */
	KeyQueue enter(Turn turn) {
		while (true) {
			KeyQueue queue = queue(turn.terms().key());
			if (queue.enter(turn)) {
				return queue;
			}
		}
	}

	private KeyQueue queue(LockKey key) {
		KeyQueue queue = this.queues.get(key);
		if (queue != null) {
			return queue;
		}
		KeyQueue created = new KeyQueue(key, this);
		KeyQueue present = this.queues.putIfAbsent(key, created);
		return (present != null) ? present : created;
	}

	void remove(KeyQueue queue) {
		this.queues.remove(queue.key(), queue);
		checkDrained();
	}

	/**
	 * Has a dead owner id released in the background.
	 * @param lease how long the store may keep its record from now
	 */
	void compensate(LockKey key, String owner, long lease) {
		long now = this.ticker.nanos();
		this.compensations.add(key, owner, now, now + lease);
		this.alarm.accept(now);
	}

	/**
	 * Says when the keeper has to look next.
	 */
	void schedule(long due) {
		this.alarm.accept(due);
	}

	void alarm(LongConsumer alarm) {
		this.alarm = alarm;
	}

	@Override
	public void yourTurn(LockKey key) {
		while (!queue(key).yourTurn()) {
			Thread.onSpinWait();
		}
	}

	@Override
	public void wanted(LockKey key, String owner) {
		if (!isOwn(owner)) {
			return;
		}
		KeyQueue queue = this.queues.get(key);
		if (queue == null || !queue.wanted(owner)) {
			compensate(key, owner, Compensations.ONCE);
		}
	}

	boolean isShutDown() {
		return this.shutDown;
	}

	/**
	 * Refuses new callers and lets go those that wait.
	 * @return completed when nothing is held any more
	 */
	CompletableFuture<Void> shutDown() {
		this.shutDown = true;
		this.queues.values().forEach(KeyQueue::dismiss);
		checkDrained();
		return this.drained;
	}

	/**
	 * While others come and go, a concurrent map's size may be nought for a moment though
	 * one stays; what stays is always iterated.
	 */
	private void checkDrained() {
		if (this.shutDown && this.queues.isEmpty() && !queues().iterator().hasNext()) {
			this.drained.complete(null);
		}
	}

}
