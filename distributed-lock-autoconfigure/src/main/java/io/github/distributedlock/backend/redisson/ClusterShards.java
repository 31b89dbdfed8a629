package io.github.distributedlock.backend.redisson;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisClusterMaster;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;
import org.redisson.cluster.ClusterSlotRange;

/**
 * What a cluster says about its shards. Who needs it after somebody else has asked takes
 * that answer, once: the next one is for the next look.
 */
final class ClusterShards {

	private static final Log logger = LogFactory.getLog(RedissonLockBackend.class);

	private @Nullable Map<ClusterSlotRange, Set<String>> told;

	/**
	 * Asks one master after the other, until one tells. Blocks meanwhile.
	 * @param client a client that is connected to a cluster
	 * @param timeout how long one answer may take, in milliseconds
	 * @return the nodes that keep each range of slots, empty if no master tells
	 */
	Map<ClusterSlotRange, Set<String>> ask(RedissonClient client, long timeout) throws InterruptedException {
		this.told = null;
		Map<ClusterSlotRange, Set<String>> answer = askMasters(client, timeout);
		this.told = answer;
		return answer;
	}

	/**
	 * Takes the answer that nobody has taken yet, or asks.
	 * @param client a client that is connected to a cluster
	 * @param timeout how long one answer may take, in milliseconds
	 * @return the nodes that keep each range of slots, empty if no master tells
	 */
	Map<ClusterSlotRange, Set<String>> take(RedissonClient client, long timeout) throws InterruptedException {
		Map<ClusterSlotRange, Set<String>> answer = this.told;
		this.told = null;
		return (answer != null) ? answer : askMasters(client, timeout);
	}

	private static Map<ClusterSlotRange, Set<String>> askMasters(RedissonClient client, long timeout)
			throws InterruptedException {
		for (RedisClusterMaster master : client.getRedisNodes(RedisNodes.CLUSTER).getMasters()) {
			try {
				return master.clusterSlotsAsync().toCompletableFuture().get(timeout, TimeUnit.MILLISECONDS);
			}
			catch (ExecutionException | TimeoutException | RedisException ex) {
				logger.debug("A master does not tell the shards", ex);
			}
		}
		return Map.of();
	}

}
