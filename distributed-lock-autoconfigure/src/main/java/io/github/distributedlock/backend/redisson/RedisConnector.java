package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Delivery;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;

/**
 * Gets the client, connected and subscribed to this node's channel, on a thread of its
 * own: whatever blocks in there blocks nobody else. Tries again until it works or is
 * closed.
 */
final class RedisConnector implements AutoCloseable {

	/** A client that is interrupted while it connects leaves errors in the log. */
	private static final Duration CONNECT_GRACE = Duration.ofMillis(500);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Log logger = LogFactory.getLog(RedissonLockBackend.class);

	private final RedissonClientSource source;

	private final String node;

	private final String channel;

	private final Duration commandTimeout;

	private final Consumer<String> messages;

	private final ConnectionLog log = new ConnectionLog();

	private final ServerWatch watch;

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Thread thread;

	private volatile CompletableFuture<Lanes> attempt = new CompletableFuture<>();

	private final CompletableFuture<Void> firstAttempt = this.attempt.handle((connected, failure) -> null);

	private volatile @Nullable Lanes lanes;

	private volatile Delivery delivery = Runnable::run;

	private @Nullable RedissonClient client;

	private @Nullable Subscription subscription;

	private boolean begun;

	private boolean interruptible;

	RedisConnector(RedissonClientSource source, String node, String channel, Duration commandTimeout,
			Consumer<String> messages, ServerCheck check) {
		this.source = source;
		this.node = node;
		this.channel = channel;
		this.commandTimeout = commandTimeout;
		this.messages = messages;
		this.watch = new ServerWatch(check, this.log);
		this.thread = new Thread(this::run, "distributed-lock-redis-connect");
		this.thread.setDaemon(true);
	}

	/**
	 * Sets what gives answers that arrived together.
	 */
	void deliveries(Delivery delivery) {
		this.delivery = delivery;
	}

	/**
	 * Begins to connect, unless that has begun.
	 * @return completed when the first attempt has ended, in whatever way
	 */
	CompletableFuture<Void> begin() {
		synchronized (this) {
			if (!this.begun && !isClosed()) {
				this.begun = true;
				this.thread.start();
			}
		}
		return this.firstAttempt;
	}

	/**
	 * Sends questions now, or when the connection is there; refuses them if the first
	 * attempt to connect fails, and at once if the last one has: the silence of the next
	 * one would look like an outage after a refusal.
	 * @param questions what to send, those of one shard together
	 */
	void send(List<? extends RedisQuestion<?>> questions) {
		Lanes current = this.lanes;
		if (current != null) {
			current.send(this.watch.admit(questions));
			return;
		}
		begin();
		this.attempt.whenComplete((connected, failure) -> {
			if (connected != null) {
				connected.send(questions);
			}
			else {
				questions.forEach((question) -> question.refuse((BackendException) failure));
			}
		});
	}

	private void run() {
		while (!isClosed()) {
			boolean calm = attempt();
			try {
				this.watch.rest(calm, this.lanes != null, this.closed);
			}
			catch (InterruptedException ex) {
				this.logger.trace("Interrupted", ex);
			}
		}
		disconnect();
	}

	/**
	 * Connects, or looks whether all is still well.
	 * @return whether it is
	 */
	private boolean attempt() {
		try {
			interruptible(true);
			RedissonClient connected = this.client;
			if (this.lanes != null && connected != null) {
				this.watch.repeat(connected);
			}
			boolean subscribed = this.subscription != null || connect();
			Lanes current = this.lanes;
			boolean mayChange = current != null && current.learn(this.commandTimeout.toMillis());
			return subscribed && !mayChange && this.watch.isSettled();
		}
		catch (InterruptedException ex) {
			return false;
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
			return false;
		}
		finally {
			interruptible(false);
		}
	}

	/**
	 * Goes on from where the last attempt ended.
	 * @return whether this node hears hints
	 */
	private boolean connect() throws InterruptedException {
		RedissonClient current = this.client;
		if (current == null) {
			current = this.source.open();
			this.client = current;
		}
		this.watch.begin(current);
		Subscription hints = Subscription.begin(current, this.channel, this.messages);
		try {
			if (!hints.isDecidedSoon()) {
				link(current, hints);
			}
			hints.await();
			this.subscription = hints;
			link(current, hints);
			return true;
		}
		catch (ExecutionException | TimeoutException | RedisException ex) {
			if (this.lanes == null && current.getConfig().isLazyInitialization()) {
				throw new RedisException(ex);
			}
			if (!isClosed()) {
				this.log.unsubscribed(this.channel, ex);
			}
			link(current, hints);
			return false;
		}
	}

	private void link(RedissonClient current, Subscription hints) throws InterruptedException {
		if (this.lanes != null) {
			return;
		}
		RedisLink connected = RedisLink.of(current, this.commandTimeout, hints.channel(), this.node, this.watch,
				this.delivery);
		if (connected == null) {
			this.log.hidden(this.channel);
			connected = RedisLink.of(current, this.commandTimeout, this.channel, this.node, this.watch, this.delivery);
		}
		Lanes made = new Lanes(connected, this.channel);
		made.prepare(this.commandTimeout.toMillis());
		CompletableFuture<Lanes> waiting = null;
		synchronized (this) {
			if (!isClosed()) {
				this.lanes = made;
				waiting = this.attempt;
			}
		}
		if (waiting != null) {
			waiting.complete(made);
		}
	}

	private void failed(Throwable failure) {
		BackendException translated = RedisFailures.ofConnect(failure);
		CompletableFuture<Lanes> waiting;
		synchronized (this) {
			if (isClosed() || this.lanes != null) {
				return;
			}
			waiting = this.attempt;
			this.attempt = CompletableFuture.failedFuture(translated);
		}
		this.log.failed(translated, failure);
		waiting.completeExceptionally(translated);
	}

	private void disconnect() {
		RedissonClient current = this.client;
		Subscription subscribed = this.subscription;
		try {
			if (current != null && this.source.isOwned()) {
				current.shutdown(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			}
			else if (subscribed != null) {
				subscribed.end();
			}
		}
		catch (RuntimeException ex) {
			this.logger.debug("The Redis client was not left in good order", ex);
		}
	}

	private synchronized void interruptible(boolean interruptible) {
		this.interruptible = interruptible;
		if (!interruptible && Thread.interrupted()) {
			this.logger.trace("Interrupted by close");
		}
	}

	private synchronized void interrupt() {
		if (this.interruptible) {
			this.thread.interrupt();
		}
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	@Override
	public void close() {
		BackendException failure = new BackendUnavailableException("this node's backend is closed", false, null);
		CompletableFuture<Lanes> waiting;
		synchronized (this) {
			if (isClosed()) {
				return;
			}
			this.closed.countDown();
			this.watch.failed();
			this.lanes = null;
			waiting = this.attempt;
			this.attempt = CompletableFuture.failedFuture(failure);
		}
		waiting.completeExceptionally(failure);
		try {
			this.thread.join(CONNECT_GRACE.toMillis());
			interrupt();
			this.thread.join(CLOSE_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
