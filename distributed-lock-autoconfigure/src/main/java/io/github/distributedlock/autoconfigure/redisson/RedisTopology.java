package io.github.distributedlock.autoconfigure.redisson;

import java.util.List;

/**
 * How the Redis servers stand to each other.
 */
sealed interface RedisTopology {

	/**
	 * Returns the servers that are known without asking one of them.
	 */
	List<RedisNode> nodes();

	/**
	 * One server.
	 *
	 * @param node where it listens
	 * @param database the index of the database
	 */
	record Standalone(RedisNode node, int database) implements RedisTopology {

		@Override
		public List<RedisNode> nodes() {
			return List.of(this.node);
		}

	}

	/**
	 * A primary that Sentinel watches and replaces.
	 *
	 * @param master the name that the sentinels know the primary by
	 * @param nodes the sentinels
	 * @param database the index of the database
	 * @param credentials the login at the sentinels
	 */
	record Sentinel(String master, List<RedisNode> nodes, int database,
			RedisCredentials credentials) implements RedisTopology {
	}

	/**
	 * A Redis Cluster.
	 *
	 * @param nodes some of its nodes
	 */
	record Cluster(List<RedisNode> nodes) implements RedisTopology {
	}

	/**
	 * A primary and its replicas. Which one is the primary is asked of the servers.
	 *
	 * @param nodes all servers
	 * @param database the index of the database
	 */
	record MasterReplica(List<RedisNode> nodes, int database) implements RedisTopology {
	}

}
