package io.github.distributedlock.backend.redisson;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.WakeUpListener;

/**
 * Keeps locks on Redis 6.2 or later: one server, Sentinel, replicated or Cluster. Each
 * call is one script on the records of one lock, sent through Redisson without
 * repetition.
 */
public final class RedissonLockBackend implements LockBackend {

	/**
	 * A day is more than a crashed holder should ever cost, and far below what the fence
	 * records are kept for, so that tokens outlive every lease.
	 */
	private static final Limits LIMITS = new Limits(LockRequest.SHORTEST_LEASE, Duration.ofDays(1), true);

	private static final int MOST_TOKENS = 1000;

	private static final String FENCE_RETENTION = millis(Duration.ofDays(7));

	/**
	 * Waiting nodes ask about once a second; this leaves out an outage of a minute.
	 */
	private static final String QUEUE_RETENTION = millis(Duration.ofMinutes(1));

	private static final String RESERVATION = millis(Duration.ofSeconds(1));

	private static final Duration LONGEST_FIRST_ATTEMPT = Duration.ofSeconds(10);

	private final String node = newNode();

	private final RecordNames names;

	private final NodeChannel channel;

	private final RedisConnector connector;

	private final Duration commandTimeout;

	private final ScheduledThreadPoolExecutor timer;

	/**
	 * Creates the backend. It connects when it is told to, or asked for the first time.
	 * @param source where the client comes from
	 * @param namespace what this application's locks share with those of other nodes, and
	 * with nobody else
	 * @param commandTimeout how long one question may take
	 */
	public RedissonLockBackend(RedissonClientSource source, String namespace, Duration commandTimeout) {
		if (namespace == null || namespace.isBlank()) {
			throw new IllegalArgumentException("'namespace' must not be empty: use a name for the locks, such as 'dl'");
		}
		if (commandTimeout == null || commandTimeout.toMillis() < 1) {
			throw new IllegalArgumentException("'commandTimeout' must be at least 1ms, such as 1s");
		}
		this.names = new RecordNames(namespace);
		this.channel = new NodeChannel(this.names, this::withdraw);
		this.commandTimeout = commandTimeout;
		this.timer = newTimer();
		this.connector = new RedisConnector(source, this.node, this.names.channel(this.node), commandTimeout,
				this.channel::received);
	}

	@Override
	public String node() {
		return this.node;
	}

	/**
	 * Begins to connect on a thread of its own. The first attempt is waited for as long
	 * as the client lets it take, and ten seconds at most.
	 */
	@Override
	public CompletableFuture<Void> connect() {
		CompletableFuture<Void> connecting = this.connector.begin();
		return (connecting.isDone()) ? connecting
				: connecting.copy().completeOnTimeout(null, LONGEST_FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public CompletableFuture<Attempt> tryAcquire(LockKey key, String owner, Duration lease, int tokens,
			boolean interested) {
		int most = Math.max(1, Math.min(tokens, MOST_TOKENS));
		String tag = this.names.tag(key);
		String leaseMillis = lease(key, lease);
		return ask(false, LuaScript.ACQUIRE, this.names.lockFenceQueue(tag),
				(link) -> new Object[] { owner, leaseMillis, Integer.toString(most), this.node, flag(interested),
						FENCE_RETENTION, QUEUE_RETENTION, link.channelPrefix(), link.channelSuffix(), tag },
				(reply) -> Replies.attempt(reply, key, owner, most));
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		boolean background = renewals.size() > 1;
		return renewals.stream().map((renew) -> renew(renew, background)).toList();
	}

	/**
	 * Renews one lock. A renewal that comes alone may be what a caller waits for.
	 */
	private CompletableFuture<Renewal> renew(Renew renew, boolean background) {
		int most = Math.max(0, Math.min(renew.moreTokens(), MOST_TOKENS));
		String leaseMillis = lease(renew.key(), renew.lease());
		return ask(background, LuaScript.RENEW, this.names.lockFenceQueue(this.names.tag(renew.key())),
				(link) -> new Object[] { renew.owner(), leaseMillis, Integer.toString(most), FENCE_RETENTION },
				(reply) -> Replies.renewal(reply, most));
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		String tag = this.names.tag(key);
		return ask(false, LuaScript.RELEASE, this.names.lockQueue(tag),
				(link) -> new Object[] { owner, this.node, flag(stillInterested), RESERVATION, QUEUE_RETENTION,
						link.channelPrefix(), link.channelSuffix(), tag, flag(link.counted()) },
				Replies::release);
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return withdraw(this.names.tag(key));
	}

	private CompletableFuture<Void> withdraw(String tag) {
		return ask(false, LuaScript.WITHDRAW, this.names.lockQueue(tag), (link) -> new Object[] { this.node,
				RESERVATION, link.channelPrefix(), link.channelSuffix(), tag, flag(link.counted()) },
				Replies::withdrawal);
	}

	private <T> CompletableFuture<T> ask(boolean background, LuaScript script, List<Object> keys,
			Function<RedisLink, Object[]> arguments, Function<List<?>, T> answer) {
		RedisQuestion<T> question = new RedisQuestion<>(background, script, keys, arguments, answer);
		if (!this.timer.isShutdown()) {
			question
				.expiresBy(this.timer.schedule(question::expire, this.commandTimeout.toNanos(), TimeUnit.NANOSECONDS));
		}
		this.connector.send(question);
		return question;
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
		this.channel.listener(listener);
	}

	@Override
	public Limits limits() {
		return LIMITS;
	}

	/**
	 * Shuts an own client down, and only unsubscribes from one that belongs to the
	 * application. Takes a few seconds at most.
	 */
	@Override
	public void close() {
		this.connector.close();
		this.timer.shutdown();
	}

	private static ScheduledThreadPoolExecutor newTimer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "distributed-lock-redis-timeout");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	private static String newNode() {
		byte[] random = new byte[10];
		new SecureRandom().nextBytes(random);
		return HexFormat.of().formatHex(random);
	}

	private static String lease(LockKey key, Duration lease) {
		LIMITS.check(key, lease);
		return millis(lease.plusNanos(999_999));
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

	private static String flag(boolean value) {
		return (value) ? "1" : "0";
	}

}
