package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The queue of a key, its leases and the keeper when threads meet. Each build runs every
 * scene some thousand times on real threads. With the system property
 * {@code distributed-lock.test.schedules}, a model checker chooses that many schedules of
 * each scene instead: threads change places between any two accesses to shared memory.
 */
@Timeout(120)
class InterleavingTests {

	private static final int SCHEDULES = Integer.getInteger("distributed-lock.test.schedules", 0);

	private static final int REPETITIONS = 1000;

	@Test
	void callersHaveTheLockOneAfterTheOtherAndEachIsServed() {
		check(() -> {
			Scene scene = new Scene();
			AtomicInteger inside = new AtomicInteger();
			Runnable caller = () -> {
				LocalLease lease = scene.held(scene.enter());
				require(inside.incrementAndGet() == 1, "alone");
				inside.decrementAndGet();
				lease.release();
			};
			scene.run(caller, caller);
			require(scene.store.isFree(), "released");
		});
	}

	@Test
	void waitThatEndsDuringTheHandOffHasExactlyOneOutcome() {
		check(() -> {
			Scene scene = new Scene();
			LocalLease first = scene.held(scene.enter());
			Turn second = scene.enter();
			scene.run(first::release, () -> scene.queue().expire(second));
			Outcome outcome = second.outcome().getNow(null);
			require(outcome != null, "an outcome");
			require(scene.store.isFree() != outcome instanceof Outcome.Held, "the lock and no exception, or neither");
		});
	}

	@Test
	void callerWhoLeavesDuringTheHandOffHasTheLockOrNot() {
		check(() -> {
			Scene scene = new Scene();
			LocalLease first = scene.held(scene.enter());
			Turn second = scene.enter();
			boolean[] left = new boolean[1];
			scene.run(first::release, () -> left[0] = scene.queue().cancel(second));
			boolean held = second.outcome().getNow(null) instanceof Outcome.Held;
			require(left[0] != held, "left, or held");
			require(scene.store.isFree() != held, "released if nobody has it");
		});
	}

	@Test
	void leaseThatIsClosedTwiceWhenItsRecordIsGoneIsReleasedOnceAndKnownToBeLost() {
		check(() -> {
			Scene scene = new Scene();
			LocalLease lease = scene.held(scene.enter());
			scene.renewalIsDue();
			scene.store.steal();
			scene.run(lease::release, lease::release, scene.keeper::pass);
			require(!lease.isValid(), "over");
			require(lease.loss() != null, "known to be lost");
			require(scene.store.releases() <= 1, "one release");
		});
	}

	@Test
	void renewalNeverFollowsTheRelease() {
		check(() -> {
			Scene scene = new Scene();
			LocalLease lease = scene.held(scene.enter());
			scene.renewalIsDue();
			scene.run(lease::release, scene.keeper::pass);
			require(!scene.store.wasRenewedAfterRelease(), "no renewal after the release");
			require(scene.store.isFree(), "released");
		});
	}

	@Test
	void lossReachesEachListenerOnce() {
		LockLostException lost = new LockLostException(Story.ORDER, Duration.ZERO, OptionalLong.empty(), "gone");
		check(() -> {
			Loss loss = new Loss();
			AtomicInteger told = new AtomicInteger();
			Runnable happens = () -> loss.happened(lost).forEach((listener) -> listener.accept(lost));
			Runnable listens = () -> {
				if (loss.listen((known) -> told.incrementAndGet()) != null) {
					told.incrementAndGet();
				}
			};
			Scene.together(happens, happens, listens);
			require(told.get() == 1, "told once");
		});
	}

	@Test
	void questionThatIsGivenUpWasNeverSentOrIsDropped() {
		check(() -> {
			Question question = new Question(Question.Kind.ACQUIRE, 1, "here#1", 1, false, 1, 0, 1);
			CompletableFuture<String> answer = new CompletableFuture<>();
			boolean[] sent = new boolean[2];
			Scene.together(() -> {
				sent[0] = question.begin();
				if (sent[0]) {
					question.sent(answer);
				}
			}, () -> {
				sent[1] = question.giveUp();
				question.cancel();
			});
			require(sent[0] == sent[1], "known to be sent");
			require(sent[0] == answer.isCancelled(), "dropped if sent");
		});
	}

	private static void check(Runnable scene) {
		if (SCHEDULES > 0) {
			Lincheck.runConcurrentTest(SCHEDULES, scene);
			return;
		}
		for (int i = 0; i < REPETITIONS; i++) {
			scene.run();
		}
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("not so: " + what);
		}
	}

	/**
	 * A node, its store, and a clock that stands still.
	 */
	private static final class Scene {

		private static final Terms TERMS = new Terms(Story.ORDER, 5_000_000_000L, 30_000_000_000L, true,
				OutagePolicy.FAIL_CLOSED, LossPolicy.THROW, Ticker.NEVER);

		private final OneLock store = new OneLock();

		private volatile long now;

		private final Engine engine = new Engine(this.store,
				new EngineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), OutagePolicy.FAIL_CLOSED,
						LossPolicy.THROW, Duration.ofSeconds(1), true, Duration.ofMillis(10), null, ReleaseMode.SYNC,
						BreakerSettings.disabled(), WaiterLimits.defaults()),
				() -> this.now, (range) -> 0);

		private final LeaseKeeper keeper = new LeaseKeeper(this.engine);

		Turn enter() {
			Turn turn = new Turn(TERMS);
			this.engine.enter(turn);
			return turn;
		}

		KeyQueue queue() {
			return this.engine.queues().iterator().next();
		}

		LocalLease held(Turn turn) {
			return ((Outcome.Held) turn.outcome().join()).lease();
		}

		void renewalIsDue() {
			this.now = 10_000_000_000L;
		}

		void run(Runnable... tasks) {
			together(tasks);
		}

		static void together(Runnable... tasks) {
			List<Thread> threads = new ArrayList<>();
			Throwable[] thrown = new Throwable[tasks.length];
			for (int i = 0; i < tasks.length; i++) {
				int number = i;
				threads.add(new Thread(() -> {
					try {
						tasks[number].run();
					}
					catch (RuntimeException | Error ex) {
						thrown[number] = ex;
					}
				}));
			}
			for (Thread thread : threads) {
				thread.start();
			}
			for (int i = 0; i < tasks.length; i++) {
				join(threads.get(i));
				if (thrown[i] != null) {
					throw new IllegalStateException(thrown[i]);
				}
			}
		}

		private static void join(Thread thread) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
