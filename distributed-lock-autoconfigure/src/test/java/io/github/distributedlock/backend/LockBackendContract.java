package io.github.distributedlock.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.distributedlock.LockKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What every store must do, whatever it is made of: one owner, who alone extends and
 * removes the record, and tokens that rise.
 */
public abstract class LockBackendContract extends StoreUnderTest {

	@Test
	void freeLockIsGrantedToWhoeverAsks() {
		TestNode node = node();
		LockKey key = newKey();
		String owner = node.newOwner();
		Grant grant = TestNode.granted(node.attempt(key, owner, LONG, 3, false));
		assertThat(grant.key()).isEqualTo(key);
		assertThat(grant.owner()).isEqualTo(owner);
		assertThat(grant.waitingNodes()).isZero();
		assertThat(grant.tokens().count()).isBetween(1, 3);
		assertThat(grant.tokens().first()).isPositive();
	}

	@Test
	void heldLockIsContendedForOtherNodesAndOtherOwnersOfTheSameNode() {
		TestNode holder = node();
		TestNode other = node();
		Grant grant = holder.acquire(newKey());
		assertThat(other.contended(grant.key(), false).holder()).isEqualTo(grant.owner());
		assertThat(holder.contended(grant.key(), false).holder()).isEqualTo(grant.owner());
		assertThat(holder.release(grant)).isEqualTo(Release.RELEASED);
	}

	@Test
	void contendedAnswerSaysWhenAskingAgainIsWorthWhile() {
		TestNode node = node();
		Grant brief = node.acquire(newKey(), SHORT, 1);
		assertThat(node.contended(brief.key(), false).retryAfter()).isPositive().isLessThan(SHORT.plusMillis(2));
		Grant lasting = node.acquire(newKey());
		assertThat(node.contended(lasting.key(), false).retryAfter()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void releasedLockIsGrantedToTheNext() {
		TestNode first = node();
		TestNode second = node();
		Grant grant = first.acquire(newKey());
		assertThat(first.release(grant)).isEqualTo(Release.RELEASED);
		second.acquire(grant.key());
	}

	@Test
	void locksAreIndependent() {
		TestNode node = node();
		Grant one = node.acquire(newKey());
		Grant other = node.acquire(newKey());
		assertThat(node.release(one)).isEqualTo(Release.RELEASED);
		assertThat(node.contended(other.key(), false).holder()).isEqualTo(other.owner());
	}

	@Test
	void recordEndsWithItsLease() {
		TestNode dead = node();
		TestNode next = node();
		Grant grant = dead.acquire(newKey(), SHORT, 1);
		elapse(SHORT.plusMillis(10));
		Grant later = next.acquire(grant.key());
		assertThat(later.tokens().first()).isGreaterThan(grant.tokens().first());
	}

	@Test
	void renewedRecordOutlivesItsFirstLease() {
		TestNode node = node();
		Grant grant = node.acquire(newKey(), SHORT, 1);
		assertThat(node.renew(grant, LONG, 0)).isEqualTo(new Renewal.Renewed(Tokens.NONE, 0));
		elapse(SHORT.plusMillis(10));
		assertThat(node.contended(grant.key(), false).holder()).isEqualTo(grant.owner());
		assertThat(node.release(grant)).isEqualTo(Release.RELEASED);
	}

	@Test
	void renewalNeverShortensARecord() {
		TestNode node = node();
		Grant grant = node.acquire(newKey());
		assertThat(node.renew(grant, SHORT, 0)).isInstanceOf(Renewal.Renewed.class);
		assertThat(node.contended(grant.key(), false).retryAfter()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void acquireByTheSameOwnerNeverShortensARecord() {
		TestNode node = node();
		Grant grant = node.acquire(newKey());
		TestNode.granted(node.attempt(grant.key(), grant.owner(), SHORT, 1, false));
		assertThat(node.contended(grant.key(), false).retryAfter()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void acquireByTheSameOwnerTopsUpWithFreshTokensAndExtends() {
		TestNode node = node();
		Grant grant = node.acquire(newKey(), SHORT, 5);
		Grant again = TestNode.granted(node.attempt(grant.key(), grant.owner(), LONG, 5, false));
		assertThat(again.tokens().first()).isGreaterThan(last(grant.tokens()));
		elapse(SHORT.plusMillis(10));
		assertThat(node.contended(grant.key(), false).holder()).isEqualTo(grant.owner());
	}

	@Test
	void staleReleaseLeavesTheNextHolderAlone() {
		TestNode stale = node();
		TestNode next = node();
		Grant old = stale.acquire(newKey(), SHORT, 1);
		elapse(SHORT.plusMillis(10));
		Grant current = next.acquire(old.key());
		assertThat(stale.release(old)).isEqualTo(Release.NOT_HELD);
		assertThat(stale.release(old.key(), old.owner(), true)).isEqualTo(Release.NOT_HELD);
		assertThat(stale.contended(old.key(), false).holder()).isEqualTo(current.owner());
		assertThat(next.release(current)).isEqualTo(Release.RELEASED);
	}

	@Test
	void staleRenewalIsLostAndLeavesTheNextHolderAlone() {
		TestNode stale = node();
		TestNode next = node();
		Grant old = stale.acquire(newKey());
		stale.release(old);
		Grant current = next.acquire(old.key(), SHORT, 1);
		assertThat(stale.renew(old, LONG, 5)).isEqualTo(new Renewal.Lost());
		assertThat(stale.contended(old.key(), false).retryAfter()).isLessThan(SHORT.plusMillis(2));
		assertThat(next.renew(current, LONG, 0)).isInstanceOf(Renewal.Renewed.class);
	}

	@Test
	void renewalOfAnEndedRecordIsLostAndCreatesNothing() {
		TestNode node = node();
		Grant grant = node.acquire(newKey(), SHORT, 1);
		elapse(SHORT.plusMillis(10));
		assertThat(node.renew(grant, LONG, 1)).isEqualTo(new Renewal.Lost());
		node().acquire(grant.key());
	}

	@Test
	void renewalsAreAnsweredInTheirOrder() {
		TestNode node = node();
		Grant held = node.acquire(newKey());
		Grant released = node.acquire(newKey());
		Grant alsoHeld = node.acquire(newKey());
		node.release(released);
		List<CompletableFuture<Renewal>> answers = node.backend()
			.renew(List.of(held, released, alsoHeld)
				.stream()
				.map((grant) -> new Renew(grant.key(), grant.owner(), LONG, 1, false))
				.toList());
		assertThat(answers).hasSize(3);
		assertThat(answers.get(0).orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(Renewal.Renewed.class);
		assertThat(answers.get(1).orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Renewal.Lost());
		assertThat(answers.get(2).orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(Renewal.Renewed.class);
		assertThat(node.backend().renew(List.of())).isEmpty();
	}

	@Test
	void tokensRiseInTheOrderOfGrantsAndRenewals() {
		LockKey key = newKey();
		long last = 0;
		for (int i = 0; i < 3; i++) {
			TestNode node = node();
			Grant grant = node.acquire(key, LONG, 100);
			assertThat(grant.tokens().first()).isGreaterThan(last);
			Renewal.Renewed renewed = (Renewal.Renewed) node.renew(grant, LONG, 50);
			assertThat(renewed.tokens().count()).isBetween(1, 50);
			assertThat(renewed.tokens().first()).isGreaterThan(last(grant.tokens()));
			last = last(renewed.tokens());
			node.release(grant);
		}
	}

	@Test
	void grantHasAtLeastOneTokenAndNoMoreThanAskedFor() {
		TestNode node = node();
		assertThat(node.acquire(newKey(), LONG, 1).tokens().count()).isEqualTo(1);
		assertThat(node.acquire(newKey(), LONG, 1_000_000).tokens().count()).isBetween(1, 1_000_000);
	}

	@Test
	void releaseOfAnUnknownOwnerIsNotHeld() {
		TestNode node = node();
		LockKey key = newKey();
		assertThat(node.release(key, node.newOwner(), false)).isEqualTo(Release.NOT_HELD);
		Grant grant = node.acquire(key);
		assertThat(node.release(key, grant.owner() + "0", false)).isEqualTo(Release.NOT_HELD);
		assertThat(node.release(grant)).isEqualTo(Release.RELEASED);
		assertThat(node.release(grant)).isEqualTo(Release.NOT_HELD);
	}

	@Test
	void releaseThatOvertookItsAcquireUndoesItWhenRepeated() {
		TestNode node = node();
		LockKey key = newKey();
		String owner = node.newOwner();
		assertThat(node.release(key, owner, false)).isEqualTo(Release.NOT_HELD);
		TestNode.granted(node.attempt(key, owner, LONG, 1, false));
		assertThat(node.release(key, owner, false)).isEqualTo(Release.RELEASED);
		node().acquire(key);
	}

	@Test
	void leaseOutsideOfTheLimitsIsRefused() {
		TestNode node = node();
		Duration tooLong = node.backend().limits().longestLease().plusMillis(1);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> node.backend().tryAcquire(newKey(), node.newOwner(), tooLong, 1, false))
			.withMessageContaining("" + tooLong);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> node.backend().tryAcquire(newKey(), node.newOwner(), Duration.ZERO, 1, false));
	}

	@Test
	void closedNodeIsUnavailableAndCertainlyDoesNothing() {
		TestNode node = node();
		node.acquire(newKey());
		node.close();
		CompletableFuture<Attempt> answer = node.backend().tryAcquire(newKey(), node.newOwner(), LONG, 1, false);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOfSatisfying(BackendUnavailableException.class,
					(failure) -> assertThat(failure.isOutcomeUnknown()).isFalse());
	}

	@Test
	void manyNodesNeverHoldALockTogetherAndTokensRise() throws Exception {
		LockKey key = newKey();
		AtomicInteger inside = new AtomicInteger();
		AtomicLong lastToken = new AtomicLong();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> runs = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				TestNode node = node();
				runs.add(threads.submit(() -> holdRepeatedly(node, key, inside, lastToken)));
			}
			for (Future<?> run : runs) {
				run.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void holdRepeatedly(TestNode node, LockKey key, AtomicInteger inside, AtomicLong lastToken) {
		int held = 0;
		while (held < 50) {
			if (node.attempt(key, false) instanceof Attempt.Granted granted) {
				assertThat(inside.incrementAndGet()).isEqualTo(1);
				long token = granted.grant().tokens().first();
				assertThat(lastToken.getAndSet(token)).isLessThan(token);
				inside.decrementAndGet();
				assertThat(node.release(granted.grant())).isEqualTo(Release.RELEASED);
				held++;
			}
		}
	}

	private static long last(Tokens tokens) {
		return tokens.first() + tokens.count() - 1;
	}

}
