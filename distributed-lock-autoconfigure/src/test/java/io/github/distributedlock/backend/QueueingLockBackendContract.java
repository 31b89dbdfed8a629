package io.github.distributedlock.backend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.TestNode.Hint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store must do that queues nodes: it wakes them in order, and keeps their turn.
 */
public abstract class QueueingLockBackendContract extends LockBackendContract {

	private static final Duration RESERVATION = Duration.ofSeconds(1);

	@Test
	void storeSaysThatItQueuesNodes() {
		assertThat(node().backend().limits().queuesNodes()).isTrue();
	}

	@Test
	void releaseWakesExactlyTheNextNodeInOrder() {
		TestNode holder = node();
		TestNode first = node();
		TestNode second = node();
		Grant grant = holder.acquire(newKey());
		LockKey key = grant.key();
		first.contended(key, true);
		second.contended(key, true);
		holder.release(grant);
		assertThat(first.hint()).isEqualTo(new Hint(key, null));
		second.assertNoHint(holder);
		Grant firsts = first.acquire(key);
		assertThat(firsts.waitingNodes()).isEqualTo(1);
		first.release(firsts);
		assertThat(second.hint()).isEqualTo(new Hint(key, null));
		first.assertNoHint(holder);
		assertThat(second.acquire(key).waitingNodes()).isZero();
	}

	@Test
	void reservedTurnCannotBeBarged() {
		TestNode holder = node();
		TestNode next = node();
		TestNode barger = node();
		Grant grant = holder.acquire(newKey());
		next.contended(grant.key(), true);
		holder.release(grant);
		Attempt.Contended refused = barger.contended(grant.key(), true);
		assertThat(refused.holder()).isEqualTo(next.node());
		assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(RESERVATION.plusMillis(1));
		holder.contended(grant.key(), false);
		assertThat(next.acquire(grant.key()).waitingNodes()).isEqualTo(1);
	}

	@Test
	void reservedTurnIsNoHolding() {
		TestNode holder = node();
		TestNode next = node();
		Grant grant = holder.acquire(newKey());
		next.contended(grant.key(), true);
		holder.release(grant);
		assertThat(holder.release(grant)).isEqualTo(Release.NOT_HELD);
		assertThat(holder.renew(grant, LONG, 1)).isEqualTo(new Renewal.Lost());
		assertThat(next.release(grant.key(), next.newOwner(), false)).isEqualTo(Release.NOT_HELD);
		assertThat(next.release(grant.key(), next.node(), false)).isEqualTo(Release.NOT_HELD);
		next.acquire(grant.key());
	}

	@Test
	void interestedNodeIsRegisteredOnceAndKeepsItsPlace() {
		TestNode holder = node();
		TestNode first = node();
		TestNode second = node();
		Grant grant = holder.acquire(newKey());
		first.contended(grant.key(), true);
		second.contended(grant.key(), true);
		first.contended(grant.key(), true);
		second.contended(grant.key(), true);
		assertThat(holder.renew(grant, LONG, 0)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 2));
		holder.release(grant);
		assertThat(first.hint()).isEqualTo(new Hint(grant.key(), null));
		assertThat(first.acquire(grant.key()).waitingNodes()).isEqualTo(1);
	}

	@Test
	void uninterestedAttemptIsNotRegistered() {
		TestNode holder = node();
		TestNode passer = node();
		Grant grant = holder.acquire(newKey());
		passer.contended(grant.key(), false);
		assertThat(holder.renew(grant, LONG, 0)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 0));
		holder.assertNoHint(passer);
	}

	@Test
	void holderHearsThatItsLockIsWantedByTheFirstInTheQueue() {
		TestNode holder = node();
		TestNode first = node();
		TestNode second = node();
		Grant grant = holder.acquire(newKey());
		first.contended(grant.key(), true);
		assertThat(holder.hint()).isEqualTo(new Hint(grant.key(), grant.owner()));
		second.contended(grant.key(), true);
		holder.assertNoHint(second);
		first.contended(grant.key(), true);
		assertThat(holder.hint()).isEqualTo(new Hint(grant.key(), grant.owner()));
	}

	@Test
	void grantedNodeLeavesTheQueueWhenItTakesALockThatEnded() {
		TestNode dead = node();
		TestNode waiting = node();
		Grant grant = dead.acquire(newKey(), SHORT, 1);
		waiting.contended(grant.key(), true);
		elapse(SHORT.plusMillis(10));
		assertThat(waiting.acquire(grant.key()).waitingNodes()).isZero();
	}

	@Test
	void withdrawnNodeIsForgotten() {
		TestNode holder = node();
		TestNode gone = node();
		TestNode waiting = node();
		Grant grant = holder.acquire(newKey());
		gone.contended(grant.key(), true);
		waiting.contended(grant.key(), true);
		gone.withdraw(grant.key());
		assertThat(holder.renew(grant, LONG, 0)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 1));
		holder.release(grant);
		assertThat(waiting.hint()).isEqualTo(new Hint(grant.key(), null));
		gone.assertNoHint(holder);
	}

	@Test
	void withdrawPassesOnATurnThatWasAlreadyGiven() {
		TestNode holder = node();
		TestNode gone = node();
		TestNode waiting = node();
		Grant grant = holder.acquire(newKey());
		gone.contended(grant.key(), true);
		waiting.contended(grant.key(), true);
		holder.release(grant);
		gone.withdraw(grant.key());
		assertThat(waiting.hint()).isEqualTo(new Hint(grant.key(), null));
		assertThat(holder.contended(grant.key(), false).holder()).isEqualTo(waiting.node());
		waiting.withdraw(grant.key());
		holder.acquire(grant.key());
	}

	@Test
	void withdrawLeavesTheTurnOfAnotherNodeAndTheHolderAlone() {
		TestNode holder = node();
		TestNode next = node();
		TestNode other = node();
		Grant grant = holder.acquire(newKey());
		other.withdraw(grant.key());
		holder.withdraw(grant.key());
		assertThat(other.contended(grant.key(), false).holder()).isEqualTo(grant.owner());
		next.contended(grant.key(), true);
		holder.release(grant);
		other.withdraw(grant.key());
		assertThat(other.contended(grant.key(), false).holder()).isEqualTo(next.node());
	}

	@Test
	void releaseWithRejoinGoesToTheTail() {
		TestNode holder = node();
		TestNode next = node();
		Grant grant = holder.acquire(newKey());
		LockKey key = grant.key();
		next.contended(key, true);
		assertThat(holder.hint()).isEqualTo(new Hint(key, grant.owner()));
		assertThat(holder.release(key, grant.owner(), true)).isEqualTo(Release.RELEASED);
		assertThat(next.hint()).isEqualTo(new Hint(key, null));
		Grant nexts = next.acquire(key);
		assertThat(nexts.waitingNodes()).isEqualTo(1);
		assertThat(next.release(key, nexts.owner(), true)).isEqualTo(Release.RELEASED);
		assertThat(holder.hint()).isEqualTo(new Hint(key, null));
		assertThat(holder.acquire(key).waitingNodes()).isEqualTo(1);
	}

	@Test
	void releaseWithRejoinOfTheOnlyNodeGivesItTheTurnAgain() {
		TestNode node = node();
		Grant grant = node.acquire(newKey());
		assertThat(node.release(grant.key(), grant.owner(), true)).isEqualTo(Release.RELEASED);
		assertThat(node.hint()).isEqualTo(new Hint(grant.key(), null));
		node().contended(grant.key(), false);
		assertThat(node.acquire(grant.key()).waitingNodes()).isZero();
	}

	@Test
	void nodeThatAsksWhileTheHolderReleasesIsGrantedOrHearsItsTurn() {
		TestNode holder = node();
		TestNode waiting = node();
		LockKey key = newKey();
		for (int i = 0; i < 30; i++) {
			Grant grant = holder.acquire(key);
			CompletableFuture<Attempt> attempt = waiting.backend().tryAcquire(key, waiting.newOwner(), LONG, 1, true);
			holder.release(grant);
			if (attempt.orTimeout(10, TimeUnit.SECONDS).join() instanceof Attempt.Granted granted) {
				waiting.release(granted.grant());
			}
			else {
				assertThat(waiting.hint()).isEqualTo(new Hint(key, null));
				waiting.release(waiting.acquire(key));
			}
		}
	}

	@Test
	void silentNodesTurnPassesAfterItsSecond() {
		TestNode holder = node();
		TestNode silent = node();
		TestNode waiting = node();
		Grant grant = holder.acquire(newKey());
		silent.contended(grant.key(), true);
		waiting.contended(grant.key(), true);
		holder.release(grant);
		Duration retryAfter = waiting.contended(grant.key(), true).retryAfter();
		elapse(retryAfter);
		waiting.acquire(grant.key());
	}

}
