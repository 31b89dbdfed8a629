package io.github.distributedlock.backend.redisson;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.backend.TestNode.Hint;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server or a client that is not there, not yet, or not any more.
 */
class RedisOutageIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

	private final LockKey key = LockKey.of("outage");

	@RegisterExtension
	private final OneServer one = new OneServer();

	private final RedisProcess server = this.one.server();

	private TestNode node(RedissonClientSource source) {
		return this.one.node(source, COMMAND_TIMEOUT);
	}

	private TestNode node() {
		return node(RedissonClientSource.owned(() -> TestClients.single(this.server)));
	}

	private CompletableFuture<Attempt> ask(TestNode node) {
		return node.backend().tryAcquire(this.key, node.newOwner(), LEASE, 1, false);
	}

	@Test
	void questionWaitsForTheConnectionAtMostTheCommandTimeout() {
		CountDownLatch connect = new CountDownLatch(1);
		TestNode node = node(RedissonClientSource.owned(() -> {
			await(connect);
			return TestClients.single(this.server);
		}));
		CompletableFuture<Attempt> late = ask(node);
		assertThat(late).isNotDone();
		assertThat(unavailable(late).isOutcomeUnknown()).isFalse();
		CompletableFuture<Attempt> cancelled = ask(node);
		cancelled.cancel(true);
		connect.countDown();
		awaitGrant(node);
		long once = 2;
		long tried = 1;
		assertThat(this.server.commandCalls()).containsEntry("set", once + tried);
	}

	@Test
	void questionFailsAtOnceWithTheAttemptToConnectThatItWaitsFor() {
		this.server.stop();
		CountDownLatch asked = new CountDownLatch(1);
		AtomicInteger attempts = new AtomicInteger();
		TestNode node = node(RedissonClientSource.owned(() -> {
			await(asked);
			attempts.incrementAndGet();
			return TestClients.single(this.server);
		}));
		CompletableFuture<Attempt> answer = ask(node);
		asked.countDown();
		BackendUnavailableException failure = unavailable(answer);
		assertThat(failure.isOutcomeUnknown()).isFalse();
		assertThat(failure).hasRootCauseInstanceOf(ConnectException.class);
		Awaitility.await().until(() -> attempts.get() > 2);
		this.server.restart();
		awaitGrant(node);
	}

	@Test
	void lazyClientIsConnectedOnAThreadOfTheBackend() {
		this.server.stop();
		RedissonClient lazy = Redisson.create(TestClients.config(this.server).setLazyInitialization(true));
		try {
			TestNode node = node(RedissonClientSource.existing(() -> lazy));
			assertThat(unavailable(ask(node)).isOutcomeUnknown()).isFalse();
			this.server.restart();
			Grant grant = awaitGrant(node);
			node.contended(this.key, true);
			assertThat(node.hint()).isEqualTo(new Hint(this.key, grant.owner()));
		}
		finally {
			lazy.shutdown();
		}
	}

	@Test
	void pausedServerIsUnavailableInTimeWithAnUnknownOutcomeThatCanBeUndone() {
		TestNode node = node();
		node.release(awaitGrant(node));
		this.server.pause();
		String owner = node.newOwner();
		CompletableFuture<Attempt> answer = node.backend().tryAcquire(this.key, owner, LEASE, 1, false);
		assertThat(answer).isNotDone();
		assertThat(unavailable(answer).isOutcomeUnknown()).isTrue();
		this.server.resume();
		Awaitility.await().ignoreExceptions().until(() -> node.release(this.key, owner, false) == Release.RELEASED);
		node.acquire(this.key);
	}

	@Test
	void restartedServerServesAgainWithHigherTokensAndHints() {
		TestNode holder = node();
		TestNode waiting = node();
		Grant old = awaitGrant(holder);
		Awaitility.await()
			.ignoreExceptions()
			.until(() -> waiting.attempt(this.key, false) instanceof Attempt.Contended);
		this.server.stop();
		unavailable(ask(holder));
		this.server.restart();
		Grant grant = awaitGrant(holder);
		assertThat(grant.tokens().first()).isGreaterThan(old.tokens().first());
		assertThat(holder.release(old)).isEqualTo(Release.NOT_HELD);
		Awaitility.await().ignoreExceptions().until(() -> waiting.attempt(this.key, true) instanceof Attempt.Contended);
		Awaitility.await().until(() -> subscribers(holder) == 1L && subscribers(waiting) == 1L);
		waiting.contended(this.key, true);
		holder.release(grant);
		waiting.acquire(this.key);
	}

	@Test
	void killedConnectionsAreMadeAgain() {
		TestNode node = node();
		node.release(awaitGrant(node));
		this.server.command("CLIENT", "KILL", "TYPE", "normal");
		this.server.command("CLIENT", "KILL", "TYPE", "pubsub");
		Grant grant = awaitGrant(node);
		Awaitility.await().until(() -> subscribers(node) == 1L);
		node.contended(this.key, true);
		assertThat(node.hint()).isEqualTo(new Hint(this.key, grant.owner()));
	}

	@Test
	void ownedClientIsShutDownAndTheApplicationsIsLeftAlone() {
		RedissonClient owned = TestClients.single(this.server);
		RedissonClient existing = TestClients.single(this.server);
		try {
			TestNode owner = node(RedissonClientSource.owned(() -> owned));
			TestNode guest = node(RedissonClientSource.existing(() -> existing));
			owner.release(awaitGrant(owner));
			guest.release(awaitGrant(guest));
			owner.close();
			guest.close();
			assertThat(owned.isShutdown()).isTrue();
			assertThat(existing.isShutdown()).isFalse();
			Awaitility.await().until(() -> subscribers(guest) == 0L);
			assertThat(unavailable(ask(owner)).isOutcomeUnknown()).isFalse();
			assertThat(unavailable(ask(guest)).isOutcomeUnknown()).isFalse();
		}
		finally {
			owned.shutdown();
			existing.shutdown();
		}
	}

	@Test
	void clientThatIsMadeWhileTheBackendIsClosedIsShutDown() {
		CountDownLatch connecting = new CountDownLatch(1);
		CountDownLatch made = new CountDownLatch(1);
		RedissonClient client = TestClients.single(this.server);
		TestNode node = node(RedissonClientSource.owned(() -> {
			connecting.countDown();
			awaitThroughInterrupts(made);
			return client;
		}));
		node.backend().connect();
		await(connecting);
		CompletableFuture<Attempt> waiting = ask(node);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(node::close);
		assertThat(unavailable(waiting).isOutcomeUnknown()).isFalse();
		made.countDown();
		closing.orTimeout(10, TimeUnit.SECONDS).join();
		assertThat(client.isShutdown()).isTrue();
	}

	@Test
	void clientThatWasShutDownIsUnavailable() {
		RedissonClient client = TestClients.single(this.server);
		TestNode node = node(RedissonClientSource.existing(() -> client));
		node.release(awaitGrant(node));
		client.shutdown();
		assertThat(unavailable(ask(node)).isOutcomeUnknown()).isFalse();
	}

	private long subscribers(TestNode node) {
		return (Long) ((List<?>) this.server.command("PUBSUB", "NUMSUB", "dl:node:" + node.node())).get(1);
	}

	private Grant awaitGrant(TestNode node) {
		return Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.until(() -> tryOnce(node), (grant) -> grant != null);
	}

	private Grant tryOnce(TestNode node) {
		try {
			return TestNode.granted(ask(node).join());
		}
		catch (CompletionException ex) {
			assertThat(ex.getCause()).isInstanceOf(BackendUnavailableException.class);
			return null;
		}
	}

	private static BackendUnavailableException unavailable(CompletableFuture<?> answer) {
		Throwable failure = answer.handle((value, ex) -> ex).orTimeout(20, TimeUnit.SECONDS).join();
		assertThat(failure).isInstanceOf(BackendException.class).isInstanceOf(BackendUnavailableException.class);
		return (BackendUnavailableException) failure;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitThroughInterrupts(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// A client that is being made may not notice that it is interrupted
			}
		}
	}

}
