package io.github.distributedlock.test.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A Redis Cluster of three masters without replicas, as processes of this machine.
 */
public final class RedisCluster implements AutoCloseable {

	private static final int SLOTS = 16384;

	private static final int MASTERS = 3;

	private final List<RedisProcess> masters = new ArrayList<>();

	private RedisCluster() {
	}

	/**
	 * Starts a cluster.
	 * @return the cluster, all slots served
	 */
	public static RedisCluster start() {
		RedisCluster cluster = new RedisCluster();
		for (int i = 0; i < MASTERS; i++) {
			cluster.masters.add(RedisProcess.launch("--cluster-enabled", "yes", "--cluster-port",
					"" + RedisProcess.freePort(), "--cluster-node-timeout", "5000"));
		}
		cluster.join();
		return cluster;
	}

	/**
	 * Returns the masters, each with a third of the slots.
	 * @return the servers
	 */
	public List<RedisProcess> masters() {
		return List.copyOf(this.masters);
	}

	/**
	 * Returns the addresses as Redisson wants them.
	 * @return {@code redis://host:port} of each master
	 */
	public String[] addresses() {
		return this.masters.stream().map(RedisServer::address).toArray(String[]::new);
	}

	private void join() {
		RedisProcess first = this.masters.get(0);
		String busPort = String.valueOf(((List<?>) first.command("CONFIG", "GET", "cluster-port")).get(1));
		for (int i = 0; i < MASTERS; i++) {
			RedisProcess master = this.masters.get(i);
			int from = SLOTS * i / MASTERS;
			int to = SLOTS * (i + 1) / MASTERS - 1;
			master.command("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
			master.command("CLUSTER", "ADDSLOTSRANGE", "" + from, "" + to);
			if (i > 0) {
				master.command("CLUSTER", "MEET", first.host(), "" + first.port(), busPort);
			}
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.masters.stream().allMatch(RedisCluster::isComplete));
	}

	private static boolean isComplete(RedisProcess master) {
		String info = String.valueOf(master.command("CLUSTER", "INFO"));
		return info.contains("cluster_state:ok") && info.contains("cluster_slots_assigned:" + SLOTS)
				&& info.contains("cluster_known_nodes:" + MASTERS);
	}

	@Override
	public void close() {
		this.masters.forEach(RedisProcess::close);
	}

}
