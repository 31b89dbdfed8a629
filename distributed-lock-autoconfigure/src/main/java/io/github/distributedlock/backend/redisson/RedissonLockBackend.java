package io.github.distributedlock.backend.redisson;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.Delivery;
import io.github.distributedlock.backend.Limits;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.WakeUpListener;
import io.github.distributedlock.backend.redisson.RedisQuestion.Way;

/**
 * Keeps locks on Redis 6.2 or later: one server, Sentinel, replicated or Cluster. What is
 * asked about one lock is done by a script on its records, sent through Redisson without
 * repetition, together with what is asked about others at the same time.
 */
public final class RedissonLockBackend implements LockBackend {

	/**
	 * A day is more than a crashed holder should ever cost, and far below what the fence
	 * records are kept for, so that tokens outlive every lease.
	 */
	private static final Limits LIMITS = new Limits(LockRequest.SHORTEST_LEASE, Duration.ofDays(1), true);

	private static final int MOST_TOKENS = 1000;

	private static final Duration LONGEST_FIRST_ATTEMPT = Duration.ofSeconds(10);

	private final String node = newNode();

	private final RecordNames names;

	private final NodeChannel channel;

	private final RedisConnector connector;

	private final Deadlines deadlines;

	/**
	 * Creates the backend. It connects when it is told to, or asked for the first time.
	 * @param source where the client comes from
	 * @param namespace what this application's locks share with those of other nodes, and
	 * with nobody else
	 * @param commandTimeout how long one question may take
	 */
	public RedissonLockBackend(RedissonClientSource source, String namespace, Duration commandTimeout) {
		this(source, namespace, commandTimeout, false);
	}

	/**
	 * Creates the backend. It connects when it is told to, or asked for the first time.
	 * @param source where the client comes from
	 * @param namespace what this application's locks share with those of other nodes, and
	 * with nobody else
	 * @param commandTimeout how long one question may take
	 * @param allowEviction whether to keep locks in a Redis that may evict them; without
	 * it no new locks are asked of such a server: those questions are answered as
	 * misconfigured
	 */
	public RedissonLockBackend(RedissonClientSource source, String namespace, Duration commandTimeout,
			boolean allowEviction) {
		if (namespace == null || namespace.isBlank()) {
			throw new IllegalArgumentException("'namespace' must not be empty: use a name for the locks, such as 'dl'");
		}
		if (commandTimeout == null || commandTimeout.toMillis() < 1) {
			throw new IllegalArgumentException("'commandTimeout' must be at least 1ms, such as 1s");
		}
		this.names = new RecordNames(namespace);
		this.channel = new NodeChannel(this.names, this::withdraw);
		this.deadlines = new Deadlines(commandTimeout);
		this.connector = new RedisConnector(source, this.node, this.names.channel(this.node), commandTimeout,
				this.channel::received, new ServerCheck(this.names, allowEviction, commandTimeout));
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
		return ask(this.names.lockFenceQueue(tag), "a " + lease(key, lease) + ' ' + most + ' ', held(owner),
				flag(interested) + tag, (reply) -> Replies.attempt(reply, key, owner, most));
	}

	@Override
	public List<CompletableFuture<Renewal>> renew(List<Renew> renewals) {
		Way way = (renewals.size() > 1) ? Way.BURST : Way.RENEWAL;
		List<RedisQuestion<Renewal>> questions = renewals.stream().map((renew) -> renewal(renew, way)).toList();
		questions.forEach(this.deadlines::watch);
		this.connector.send(questions);
		return List.copyOf(questions);
	}

	private RedisQuestion<Renewal> renewal(Renew renew, Way way) {
		int most = Math.max(0, Math.min(renew.moreTokens(), MOST_TOKENS));
		long lease = lease(renew.key(), renew.lease());
		String tag = this.names.tag(renew.key());
		if (most == 0 && !renew.counting() && !FenceUpkeep.isDue(lease, this.deadlines.now())) {
			return question(way, this.names.lock(tag), "k " + lease + ' ', held(renew.owner()), "", Replies::kept);
		}
		return question(way, this.names.lockFenceQueue(tag), "e " + lease + ' ' + most + ' ', held(renew.owner()), "",
				(reply) -> Replies.renewal(reply, most));
	}

	@Override
	public CompletableFuture<Release> release(LockKey key, String owner, boolean stillInterested) {
		String tag = this.names.tag(key);
		return ask(this.names.lockQueue(tag), "r " + flag(stillInterested), held(owner), tag, Replies::release);
	}

	@Override
	public CompletableFuture<Void> withdraw(LockKey key) {
		return withdraw(this.names.tag(key));
	}

	private CompletableFuture<Void> withdraw(String tag) {
		return ask(this.names.lockQueue(tag), "w " + tag, "", "", Replies::withdrawal);
	}

	private <T> RedisQuestion<T> question(Way way, List<String> records, String lead, String owner, String rest,
			Function<String, T> answer) {
		return new RedisQuestion<>(way, this.deadlines.next(), records, lead, owner, rest, answer);
	}

	private <T> CompletableFuture<T> ask(List<String> records, String lead, String owner, String rest,
			Function<String, T> answer) {
		RedisQuestion<T> question = question(Way.REQUEST, records, lead, owner, rest, answer);
		this.deadlines.watch(question);
		this.connector.send(List.of(question));
		return question;
	}

	@Override
	public void wakeUps(WakeUpListener listener) {
		this.channel.listener(listener);
	}

	@Override
	public void deliveries(Delivery delivery) {
		this.connector.deliveries(delivery);
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
		this.deadlines.stop();
	}

	private static String newNode() {
		byte[] random = new byte[10];
		new SecureRandom().nextBytes(random);
		return HexFormat.of().formatHex(random);
	}

	private static long lease(LockKey key, Duration lease) {
		LIMITS.check(key, lease);
		return lease.plusNanos(999_999).toMillis();
	}

	private static String held(String owner) {
		return "h:" + owner;
	}

	private static String flag(boolean value) {
		return (value) ? "1 " : "0 ";
	}

}
