package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.backend.TestNode.Hint;
import io.github.distributedlock.test.redis.RedisCluster;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that are not the plain one on one server.
 */
class RedisTopologyIntegrationTests {

	@Test
	void clusterLocksPassesOnAndHintsAcrossItsMasters() {
		try (RedisCluster cluster = RedisCluster.start();
				TestNode holder = node(RedissonClientSource.owned(() -> clusterClient(cluster)));
				TestNode next = node(RedissonClientSource.owned(() -> clusterClient(cluster)))) {
			for (int i = 0; i < 30; i++) {
				cycle(holder, next, LockKey.of("cluster", i));
			}
			assertThat(cluster.masters())
				.allSatisfy((master) -> assertThat((Long) master.command("DBSIZE")).isGreaterThan(1));
		}
	}

	@Test
	void deadHeadOfTheQueueCostsOneReservationWhereReceiversAreNotCounted() {
		try (RedisCluster cluster = RedisCluster.start();
				TestNode holder = node(RedissonClientSource.owned(() -> clusterClient(cluster)));
				TestNode silent = node(RedissonClientSource.owned(() -> clusterClient(cluster)));
				TestNode next = node(RedissonClientSource.owned(() -> clusterClient(cluster)))) {
			LockKey key = LockKey.of("cluster", "dead head");
			Grant grant = holder.acquire(key);
			silent.contended(key, true);
			next.contended(key, true);
			silent.backend().close();
			holder.release(grant);
			assertThat(next.hint()).isEqualTo(new Hint(key, null));
			assertThat(next.contended(key, true).holder()).isEqualTo(silent.node());
		}
	}

	@Test
	void nameMapperAppliesToRecordsAndChannels() {
		try (RedisProcess server = RedisProcess.launch();
				TestNode holder = node(mapped(server, new Prefix("app:")));
				TestNode next = node(mapped(server, new Prefix("app:")))) {
			cycle(holder, next, LockKey.of("mapped"));
			assertThat(server.command("KEYS", "*")).isEqualTo(List.of("app:dl:{mapped}:fence"));
		}
	}

	@Test
	void nameMapperThatHidesTheNodeCostsHintsOnly() {
		NameMapper hiding = new Prefix("app:") {

			@Override
			public String map(String name) {
				return (name.contains(":node:")) ? "hidden" : super.map(name);
			}

		};
		try (RedisProcess server = RedisProcess.launch();
				TestNode holder = node(mapped(server, hiding));
				TestNode next = node(mapped(server, hiding))) {
			LockKey key = LockKey.of("hidden");
			Grant grant = holder.acquire(key);
			next.contended(key, true);
			assertThat(holder.release(grant)).isEqualTo(Release.RELEASED);
			next.release(next.acquire(key));
		}
	}

	private static void cycle(TestNode holder, TestNode next, LockKey key) {
		Grant grant = holder.acquire(key);
		next.contended(key, true);
		awaitHint(holder, new Hint(key, grant.owner()));
		assertThat(holder.renew(grant, Duration.ofSeconds(40), 1)).isInstanceOf(Renewal.Renewed.class);
		assertThat(holder.release(key, grant.owner(), true)).isEqualTo(Release.RELEASED);
		awaitHint(next, new Hint(key, null));
		Grant nexts = next.acquire(key);
		assertThat(nexts.waitingNodes()).isEqualTo(1);
		assertThat(next.release(nexts)).isEqualTo(Release.RELEASED);
		awaitHint(holder, new Hint(key, null));
		holder.withdraw(key);
	}

	/**
	 * In a cluster the node behind the next one hears a hint, too.
	 */
	private static void awaitHint(TestNode node, Hint expected) {
		Hint heard = node.hint();
		while (!heard.equals(expected)) {
			heard = node.hint();
		}
	}

	private static TestNode node(RedissonClientSource source) {
		return new TestNode(new RedissonLockBackend(source, "dl", Duration.ofSeconds(5)));
	}

	private static RedissonClientSource mapped(RedisProcess server, NameMapper mapper) {
		server.command("ACL", "SETUSER", "default", "~app:*", "&app:*", "&hidden");
		return RedissonClientSource.owned(() -> Redisson.create(TestClients.config(server).setNameMapper(mapper)));
	}

	private static RedissonClient clusterClient(RedisCluster cluster) {
		Config config = new Config().setNettyThreads(2).setThreads(2);
		config.useClusterServers()
			.addNodeAddress(cluster.addresses())
			.setMasterConnectionMinimumIdleSize(1)
			.setMasterConnectionPoolSize(8)
			.setSubscriptionConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionPoolSize(4);
		return Redisson.create(config);
	}

	private static class Prefix implements NameMapper {

		private final String prefix;

		Prefix(String prefix) {
			this.prefix = prefix;
		}

		@Override
		public String map(String name) {
			return this.prefix + name;
		}

		@Override
		public String unmap(String name) {
			return name.substring(this.prefix.length());
		}

	}

}
