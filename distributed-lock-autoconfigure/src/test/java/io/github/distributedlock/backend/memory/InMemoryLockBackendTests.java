package io.github.distributedlock.backend.memory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.QueueingLockBackendContract;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.backend.WakeUpListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InMemoryLockBackendTests extends QueueingLockBackendContract {

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

	private final InMemoryStore store = new InMemoryStore(this.clock::get);

	@Override
	protected LockBackend newBackend() {
		return this.store.connect();
	}

	@Override
	protected void elapse(Duration time) {
		this.clock.addAndGet(time.toNanos());
	}

	@Test
	void answerIsThereWhenTheCallReturns() {
		assertThat(newBackend().tryAcquire(newKey(), "a#1", LONG, 1, false)).isCompleted();
	}

	@Test
	void recordIsHeldUntilTheLastNanosecondOfItsLease() {
		TestNode node = node();
		Grant grant = node.acquire(newKey(), SHORT, 1);
		elapse(SHORT.minusNanos(1));
		node.contended(grant.key(), false);
		elapse(Duration.ofNanos(1));
		node.acquire(grant.key());
	}

	@Test
	void closedNodesTurnPassesAtOnce() {
		TestNode holder = node();
		TestNode dead = node();
		TestNode next = node();
		Grant grant = holder.acquire(newKey());
		dead.contended(grant.key(), true);
		next.contended(grant.key(), true);
		dead.close();
		holder.release(grant);
		next.acquire(grant.key());
	}

	@Test
	void waitingNodesThatStopAskingAreForgotten() {
		TestNode holder = node();
		TestNode gone = node();
		Grant grant = holder.acquire(newKey(), Duration.ofMinutes(5), 1);
		gone.contended(grant.key(), true);
		elapse(Duration.ofMinutes(1));
		holder.release(grant);
		node().acquire(grant.key());
	}

	@Test
	void listenerThatFailsHurtsNobodyAndRunsOutsideOfTheStoresLock() {
		TestNode holder = node();
		LockBackend waiting = newBackend();
		AtomicBoolean free = new AtomicBoolean();
		LockKey other = newKey();
		waiting.wakeUps(new WakeUpListener() {

			@Override
			public void yourTurn(LockKey key) {
				free.set(CompletableFuture.supplyAsync(() -> holder.attempt(other, false))
					.join() instanceof Attempt.Granted);
				throw new IllegalStateException("on purpose");
			}

			@Override
			public void wanted(LockKey key, String owner) {
			}

		});
		Grant grant = holder.acquire(newKey());
		waiting.tryAcquire(grant.key(), "x#1", LONG, 1, true).join();
		holder.release(grant);
		assertThat(free).isTrue();
	}

	@Test
	void nodeIdentityIsUsedOnce() {
		this.store.connect("a");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.connect("a"));
	}

}
