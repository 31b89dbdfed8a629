package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisMaster;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodeAsync;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.config.Config;

/**
 * Looks whether the servers may keep locks, before the first one and later again:
 * version, role, eviction, and the rights of the user. An eviction that cannot be found
 * out is only warned about, and once; rights that cannot are answered by each question.
 */
final class ServerCheck {

	private static final Log logger = LogFactory.getLog(RedissonLockBackend.class);

	private static final Set<String> NEEDED = Set.of("time", "get", "set", "del", "pttl", "pexpire");

	private static final Set<Object> FOR_MANY_AT_ONCE = Set.of("mget", "exists");

	private final boolean allowEviction;

	private final Duration commandTimeout;

	private final RightsQuestion rights;

	private final Set<String> warned = new HashSet<>();

	ServerCheck(RecordNames names, boolean allowEviction, Duration commandTimeout) {
		this.rights = new RightsQuestion(names, commandTimeout);
		this.allowEviction = allowEviction;
		this.commandTimeout = commandTimeout;
	}

	/**
	 * Returns what a cluster told of its shards when it was last looked at.
	 */
	ClusterShards shards() {
		return this.rights.shards();
	}

	/**
	 * Asks the servers for the first time. Blocks until they answer.
	 * @param client a client that is connected
	 * @throws BackendMisconfiguredException if locks must not be kept there
	 * @throws BackendUnavailableException if a server does not answer
	 */
	void run(RedissonClient client) throws InterruptedException {
		look(client, true);
	}

	/**
	 * Asks the servers again, except for their roles: others may have taken over.
	 * @param client a client that is connected
	 * @throws BackendMisconfiguredException if locks must not be kept there
	 * @throws BackendUnavailableException if a server does not answer
	 */
	void repeat(RedissonClient client) throws InterruptedException {
		look(client, false);
	}

	private void look(RedissonClient client, boolean first) throws InterruptedException {
		List<Future<List<Object>>> refused = this.rights.ask(client);
		List<String> warnings = new ArrayList<>();
		BackendUnavailableException silence = null;
		for (RedisNodeAsync server : servers(client)) {
			silence = orSilence(silence, () -> look(server, first, warnings));
		}
		for (Future<List<Object>> rights : refused) {
			silence = orSilence(silence, () -> look(rights, client.getConfig().isClusterConfig(), warnings));
		}
		warnings.stream().filter(this.warned::add).forEach(logger::warn);
		if (silence != null) {
			throw silence;
		}
	}

	/**
	 * One server that does not answer hides nothing that another one says.
	 */
	private static @Nullable BackendUnavailableException orSilence(@Nullable BackendUnavailableException before,
			Look look) throws InterruptedException {
		try {
			look.run();
			return before;
		}
		catch (BackendUnavailableException ex) {
			return ex;
		}
	}

	private static Collection<? extends RedisNodeAsync> servers(RedissonClient client) {
		Config config = client.getConfig();
		if (config.isSingleConfig()) {
			return List.of(client.getRedisNodes(RedisNodes.SINGLE).getInstance());
		}
		if (config.isClusterConfig()) {
			return client.getRedisNodes(RedisNodes.CLUSTER).getMasters();
		}
		@Nullable RedisMaster primary = (config.isSentinelConfig())
				? client.getRedisNodes(RedisNodes.SENTINEL_MASTER_SLAVE).getMaster()
				: client.getRedisNodes(RedisNodes.MASTER_SLAVE).getMaster();
		if (primary == null) {
			throw new BackendUnavailableException("no primary of Redis is known", false, null);
		}
		return List.of(primary);
	}

	private void look(RedisNodeAsync server, boolean first, List<String> warnings) throws InterruptedException {
		Map<String, String> info;
		try {
			info = answer(server.infoAsync(InfoSection.DEFAULT));
		}
		catch (BackendMisconfiguredException ex) {
			logger.debug("A server does not describe itself", ex);
			warnings.add("Whether Redis evicts locks could not be found out: grant the Redis user +info, and set"
					+ " maxmemory-policy noeviction");
			return;
		}
		ServerFacts facts = (first) ? ServerFacts.of(info) : ServerFacts.of(info).withoutRole();
		String refusal = facts.refusal(this.allowEviction);
		if (refusal != null) {
			throw new BackendMisconfiguredException(refusal, null);
		}
		String warning = facts.warning();
		if (warning != null && !this.allowEviction) {
			warnings.add(warning);
		}
	}

	/**
	 * A user may have rights to the keys of some locks only: then each question is
	 * answered for itself.
	 */
	private void look(Future<List<Object>> check, boolean cluster, List<String> warnings) throws InterruptedException {
		List<Object> refused = List.of();
		try {
			refused = answer(check).stream()
				.filter((command) -> !cluster || !FOR_MANY_AT_ONCE.contains(command))
				.toList();
		}
		catch (BackendMisconfiguredException ex) {
			logger.debug("The rights of the Redis user could not be found out", ex);
		}
		if (refused.isEmpty()) {
			return;
		}
		String rights = refused.stream().map((command) -> "+" + command).collect(Collectors.joining(" "));
		if (refused.stream().anyMatch(NEEDED::contains)) {
			throw new BackendMisconfiguredException(
					"the Redis user lacks rights: grant them with ACL SETUSER <user> " + rights, null);
		}
		String consequence = FOR_MANY_AT_ONCE.containsAll(refused) ? "asking for many locks at once costs Redis more"
				: "waiting nodes are not woken and ask about once a second";
		warnings.add("The Redis user lacks rights, so that " + consequence + ": grant them with ACL SETUSER <user> "
				+ rights);
	}

	private <T> T answer(Future<T> answer) throws InterruptedException {
		try {
			return answer.get(2 * this.commandTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			answer.cancel(false);
			throw new BackendUnavailableException("Redis did not answer in time", false, ex);
		}
		catch (ExecutionException ex) {
			throw RedisFailures.ofRequest((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	@FunctionalInterface
	private interface Look {

		void run() throws InterruptedException;

	}

}
