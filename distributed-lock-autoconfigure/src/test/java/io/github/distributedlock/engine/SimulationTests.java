package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.backend.memory.InMemoryStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of several nodes that compete over a bad network. Whatever happens,
 * valid leases do not overlap, tokens rise, everybody is answered in time, and nothing is
 * left behind.
 */
class SimulationTests {

	private static final int SEEDS = Integer.getInteger("distributed-lock.test.seeds", 3000);

	private static final long SECOND = 1_000_000_000L;

	@Test
	void everyPromiseHoldsUnderRandomSchedules() {
		long granted = 0;
		long lost = 0;
		long unavailable = 0;
		long unprotected = 0;
		for (long seed = 0; seed < SEEDS; seed++) {
			Run run = new Run(seed);
			run.run();
			granted += run.granted;
			lost += run.lost;
			unavailable += run.unavailable;
			unprotected += run.unprotected;
		}
		assertThat(granted).as("leases granted").isGreaterThan(SEEDS * 10L);
		assertThat(lost).as("leases lost").isGreaterThan(SEEDS / 10L);
		assertThat(unavailable).as("callers told that the store is out").isGreaterThan(SEEDS / 10L);
		assertThat(unprotected).as("leases without protection").isGreaterThan(SEEDS / 100L);
	}

	/**
	 * One schedule.
	 */
	private static final class Run {

		private final long seed;

		private final Random random;

		private final VirtualTime time = new VirtualTime();

		private final List<Node> nodes = new ArrayList<>();

		private final List<UnreliableBackend> networks = new ArrayList<>();

		private final List<Actor> actors = new ArrayList<>();

		private final long commandTimeout;

		private long lastToken;

		private int granted;

		private int lost;

		private int unavailable;

		private int unprotected;

		Run(long seed) {
			this.seed = seed;
			this.random = new Random(seed);
			this.commandTimeout = SECOND / 5 + this.random.nextInt(4) * SECOND / 4;
			EngineSettings settings = new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(2),
					OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, Duration.ofNanos(this.commandTimeout),
					this.random.nextInt(4) != 0, Duration.ofMillis(1 + this.random.nextInt(20)), null,
					ReleaseMode.SYNC);
			InMemoryStore store = new InMemoryStore(this.time::nanos);
			double loss = this.random.nextInt(3) * 0.03;
			for (int n = 0; n < 1 + this.random.nextInt(3); n++) {
				UnreliableBackend network = new UnreliableBackend(store.connect("n" + n), this.time, this.random, loss);
				this.networks.add(network);
				this.nodes
					.add(new Node(network, settings, this.time, (range) -> (long) (this.random.nextDouble() * range)));
			}
			for (int a = 0; a < 2 + this.random.nextInt(6); a++) {
				this.actors.add(new Actor(this, this.nodes.get(a % this.nodes.size()), 8));
			}
		}

		void run() {
			this.actors.forEach((actor) -> this.time.after(this.random.nextInt(3_000_000), actor::begin));
			for (UnreliableBackend network : this.networks) {
				if (this.random.nextBoolean()) {
					this.time.after(this.random.nextInt((int) SECOND),
							() -> network.cutOff(this.time.nanos() + (long) (this.random.nextDouble() * 4 * SECOND)));
				}
			}
			while (this.time.nanos() < 2000 * SECOND && this.time.step()) {
				check(this.time.nanos() < 1500 * SECOND, "the schedule ends");
			}
			for (Actor actor : this.actors) {
				check(actor.isDone(), "everybody is answered");
			}
			for (Node node : this.nodes) {
				check(node.isIdle(), "nothing is left behind");
			}
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
					check(apart, "valid leases do not overlap");
				}
			}
			if (lease.isProtected()) {
				long token = lease.fencingToken().orElseThrow();
				check(token > this.lastToken, "tokens rise");
				this.lastToken = token;
			}
			else {
				this.unprotected++;
			}
		}

	}

	/**
	 * One caller that locks, works and releases a number of times.
	 */
	private static final class Actor {

		private final Run run;

		private final Node node;

		private int rounds;

		private boolean busy;

		private LocalLease lease;

		Actor(Run run, Node node, int rounds) {
			this.run = run;
			this.node = node;
			this.rounds = rounds;
		}

		Node node() {
			return this.node;
		}

		boolean isDone() {
			return this.rounds == 0 && !this.busy;
		}

		LocalLease validLease() {
			LocalLease held = this.lease;
			return (held != null && held.loss() == null && this.run.time.nanos() < held.deadline()) ? held : null;
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
			Turn turn = new Turn(terms, this.run.time.nanos());
			turn.outcome().thenAccept((outcome) -> this.run.time.after(0, () -> ended(turn, outcome)));
			KeyQueue queue = this.node.engine().enter(turn);
			this.run.time.after(wait, () -> queue.expire(turn));
			if (random.nextInt(6) == 0) {
				this.run.time.after((long) (random.nextDouble() * 2 * SECOND), () -> queue.cancel(turn));
			}
		}

		private void ended(Turn turn, Outcome outcome) {
			long waited = this.run.time.nanos() - turn.startedAt();
			this.run.check(waited <= turn.terms().waitTime() + 2 * this.run.commandTimeout + SECOND / 100,
					"nobody waits longer than the wait time and two questions, but one waited " + waited);
			Random random = this.run.random;
			if (outcome instanceof Outcome.Held held) {
				this.lease = held.lease();
				this.run.granted(this, this.lease);
				this.run.check(this.lease.isValid(), "a new lease is valid");
				long work = (random.nextInt(3) == 0) ? (long) (random.nextDouble() * 5 * SECOND)
						: random.nextInt(2_000_000);
				this.run.time.after(work / 2, this::ask);
				this.run.time.after(work, this::end);
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
				released.thenRun(() -> this.run.time.after(0, this::rest));
			}
			else {
				rest();
			}
		}

		private void rest() {
			this.busy = false;
			this.run.time.after(this.run.random.nextInt(1_000_000), this::begin);
		}

	}

}
