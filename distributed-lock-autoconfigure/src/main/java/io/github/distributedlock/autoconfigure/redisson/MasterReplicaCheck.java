package io.github.distributedlock.autoconfigure.redisson;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;

/**
 * Refuses a set of servers with two primaries: a client would change back and forth
 * between them, and a lock that one grants is free in the other. Servers that cannot be
 * reached are left to the client.
 */
final class MasterReplicaCheck {

	private MasterReplicaCheck() {
	}

	static void run(List<RedisNode> nodes, Function<RedisNode, RedissonClient> connect) {
		List<String> primaries = new ArrayList<>();
		for (RedisNode node : nodes) {
			if (isPrimary(node, connect)) {
				primaries.add(node.address(false).substring("redis://".length()));
			}
		}
		if (primaries.size() > 1) {
			throw new RedisSettingsException(
					"Of the master/replica servers, " + String.join(" and ", primaries)
							+ " each say that they are the primary.",
					"List one primary and its own replicas. Independent servers cannot keep the same locks.");
		}
	}

	private static boolean isPrimary(RedisNode node, Function<RedisNode, RedissonClient> connect) {
		try {
			RedissonClient client = connect.apply(node);
			try {
				return "master".equals(client.getRedisNodes(RedisNodes.SINGLE)
					.getInstance()
					.info(InfoSection.REPLICATION)
					.get("role"));
			}
			finally {
				client.shutdown(0, 1, TimeUnit.SECONDS);
			}
		}
		catch (RedisException ex) {
			return false;
		}
	}

}
