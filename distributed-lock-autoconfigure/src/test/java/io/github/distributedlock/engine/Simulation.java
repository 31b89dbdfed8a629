package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.memory.InMemoryStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One random schedule.
 */
final class Simulation {

	private static final long SECOND = 1_000_000_000L;

	private final long seed;

	private final Random random;

	private final VirtualTime time = new VirtualTime();

	private final List<Node> nodes = new ArrayList<>();

	private final List<UnreliableBackend> networks = new ArrayList<>();

	private final List<Actor> actors = new ArrayList<>();

	private final long commandTimeout;

	private final LockBackend operator;

	private final Map<String, Long> robbed = new HashMap<>();

	int robberies;

	private long longestPause;

	private long lastToken;

	int granted;

	int lost;

	int unavailable;

	int unprotected;

	Simulation(long seed) {
		this.seed = seed;
		this.random = new Random(seed);
		this.commandTimeout = SECOND / 5 + this.random.nextInt(4) * SECOND / 4;
		EngineSettings settings = new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(2),
				OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, Duration.ofNanos(this.commandTimeout),
				this.random.nextInt(4) != 0, Duration.ofMillis(1 + this.random.nextInt(20)), null, ReleaseMode.SYNC,
				(this.random.nextBoolean()) ? BreakerSettings.defaults() : BreakerSettings.disabled(),
				WaiterLimits.defaults());
		InMemoryStore store = new InMemoryStore(this.time::nanos);
		double loss = this.random.nextInt(3) * 0.03;
		int count = 1 + this.random.nextInt(3);
		for (int n = 0; n < count; n++) {
			UnreliableBackend network = new UnreliableBackend(store.connect("n" + n), this.time, this.random, loss);
			this.networks.add(network);
			this.nodes.add(new Node(network, settings, this.time, (range) -> (long) (this.random.nextDouble() * range),
					network::inside));
		}
		int callers = 2 + this.random.nextInt(6);
		for (int a = 0; a < callers; a++) {
			this.actors.add(new Actor(this, this.nodes.get(a % count), this.networks.get(a % count), 8));
		}
		this.operator = store.connect("operator");
	}

	void run() {
		this.actors.forEach((actor) -> actor.after(this.random.nextInt(3_000_000), actor::begin));
		for (UnreliableBackend network : this.networks) {
			if (this.random.nextBoolean()) {
				this.time.after(this.random.nextInt((int) SECOND),
						() -> network.cutOff(this.time.nanos() + (long) (this.random.nextDouble() * 4 * SECOND)));
			}
			if (this.random.nextInt(3) == 0) {
				this.time.after((long) (this.random.nextDouble() * 4 * SECOND),
						() -> pause(network, (long) (this.random.nextDouble() * 5 * SECOND)));
			}
			if (this.random.nextInt(10) == 0) {
				this.time.after((long) (this.random.nextDouble() * 4 * SECOND), network::crash);
			}
		}
		if (this.random.nextInt(4) == 0) {
			for (int i = 0; i < 3; i++) {
				this.time.after((long) (this.random.nextDouble() * 8 * SECOND), this::rob);
			}
		}
		while (this.time.nanos() < 2000 * SECOND && this.time.step()) {
			check(this.time.nanos() < 1500 * SECOND, "the schedule ends");
		}
		for (Actor actor : this.actors) {
			check(actor.isDone() || actor.network().isCrashed(), "everybody is answered");
		}
		for (int n = 0; n < this.nodes.size(); n++) {
			check(this.nodes.get(n).isIdle() || this.networks.get(n).isCrashed(), "nothing is left behind");
		}
	}

	private void pause(UnreliableBackend network, long nanos) {
		if (!network.isCrashed()) {
			network.pause(this.time.nanos() + nanos);
			this.longestPause = Math.max(this.longestPause, nanos);
		}
	}

	/**
	 * Removes the record of whoever holds the lock. Until the longest lease is over, that
	 * node may not know.
	 */
	private void rob() {
		LockKey key = LockKey.of("orders");
		String owner = "operator#" + this.time.nanos();
		if (this.operator.tryAcquire(key, owner, Duration.ofSeconds(1), 1, false)
			.join() instanceof Attempt.Contended contended && contended.holder() != null
				&& contended.holder().contains("#")) {
			this.operator.release(key, contended.holder(), false);
			this.robbed.put(contended.holder().substring(0, 2), this.time.nanos() + 3 * SECOND);
			this.robberies++;
		}
		this.operator.release(key, owner, false);
	}

	private boolean isRobbed(Actor actor) {
		return this.time.nanos() < this.robbed.getOrDefault(actor.network().node(), 0L);
	}

	void check(boolean holds, String promise) {
		assertThat(holds).as("seed %d at %d us: %s", this.seed, this.time.nanos() / 1000, promise).isTrue();
	}

	void granted(Actor holder, LocalLease lease) {
		this.granted++;
		for (Actor other : this.actors) {
			LocalLease held = other.validLease();
			if (other != holder && held != null) {
				boolean apart = other.node() != holder.node() && !(held.isProtected() && lease.isProtected());
				boolean known = other.node() == holder.node() || !(isRobbed(other) || isRobbed(holder));
				check(apart || !known, "valid leases do not overlap");
			}
		}
		if (lease.isProtected()) {
			long token = lease.fencingToken().orElseThrow();
			check(token > this.lastToken || isRobbed(holder), "tokens rise");
			this.lastToken = Math.max(this.lastToken, token);
		}
		else {
			this.unprotected++;
		}
	}

	/**
	 * One caller that locks, works and releases a number of times.
	 */
	private static final class Actor {

		private final Simulation run;

		private final Node node;

		private final UnreliableBackend network;

		private int rounds;

		private boolean busy;

		private LocalLease lease;

		Actor(Simulation run, Node node, UnreliableBackend network, int rounds) {
			this.run = run;
			this.node = node;
			this.network = network;
			this.rounds = rounds;
		}

		Node node() {
			return this.node;
		}

		UnreliableBackend network() {
			return this.network;
		}

		void after(long nanos, Runnable action) {
			this.run.time.after(nanos, () -> this.network.inside(action));
		}

		boolean isDone() {
			return this.rounds == 0 && !this.busy;
		}

		LocalLease validLease() {
			LocalLease held = this.lease;
			boolean valid = held != null && held.loss() == null && this.run.time.nanos() < held.deadline();
			return (valid && !this.network.isCrashed()) ? held : null;
		}

		void begin() {
			if (this.rounds == 0) {
				return;
			}
			this.rounds--;
			this.busy = true;
			Random random = this.run.random;
			long wait = (random.nextInt(3) == 0) ? 0 : (long) (random.nextDouble() * 6 * SECOND);
			Terms terms = new Terms(LockKey.of("orders"), wait, (1 + random.nextInt(6)) * SECOND / 2,
					random.nextInt(4) != 0,
					(random.nextInt(5) == 0) ? OutagePolicy.FAIL_OPEN : OutagePolicy.FAIL_CLOSED, LossPolicy.THROW,
					(random.nextInt(8) == 0) ? SECOND : Ticker.NEVER);
			Turn turn = new Turn(terms);
			turn.outcome().thenAccept((outcome) -> after(0, () -> ended(turn, outcome)));
			KeyQueue queue = this.node.engine().enter(turn);
			after(wait, () -> queue.expire(turn));
			if (random.nextInt(6) == 0) {
				after((long) (random.nextDouble() * 2 * SECOND), () -> queue.cancel(turn));
			}
		}

		private void ended(Turn turn, Outcome outcome) {
			long waited = this.run.time.nanos() - turn.startedAt();
			this.run.check(
					waited <= turn.terms().waitTime() + 2 * this.run.commandTimeout + this.run.longestPause
							+ SECOND / 100,
					"nobody waits longer than the wait time and two questions, but one waited " + waited);
			Random random = this.run.random;
			if (outcome instanceof Outcome.Held held) {
				this.lease = held.lease();
				if (this.run.longestPause > 0 && !this.lease.isValid()) {
					end();
					return;
				}
				this.run.granted(this, this.lease);
				this.run.check(this.lease.isValid(), "a new lease is valid");
				long work = (random.nextInt(3) == 0) ? (long) (random.nextDouble() * 5 * SECOND)
						: random.nextInt(2_000_000);
				after(work / 2, this::ask);
				after(work, this::end);
				return;
			}
			if (outcome instanceof Outcome.Unavailable) {
				this.run.unavailable++;
			}
			rest();
		}

		private void ask() {
			LocalLease held = this.lease;
			if (held != null) {
				boolean expected = validLease() != null;
				this.run.check(held.isValid() == expected, "validity is what the deadline says");
			}
		}

		private void end() {
			LocalLease held = this.lease;
			var released = held.release();
			this.run.check(!held.isValid(), "a released lease is not valid");
			this.lease = null;
			if (held.loss() != null) {
				this.run.lost++;
			}
			if (released != null) {
				released.thenRun(() -> after(0, this::rest));
			}
			else {
				rest();
			}
		}

		private void rest() {
			this.busy = false;
			after(this.run.random.nextInt(1_000_000), this::begin);
		}

	}

}
