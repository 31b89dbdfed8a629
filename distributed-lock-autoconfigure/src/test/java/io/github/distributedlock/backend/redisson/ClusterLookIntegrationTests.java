package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.test.redis.RedisCluster;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What looking at a cluster again and again costs.
 */
class ClusterLookIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final AtomicInteger mapped = new AtomicInteger();

	private final RedisCluster cluster = RedisCluster.start();

	private final RedissonClient client = connect();

	private final ServerCheck check = new ServerCheck(new RecordNames("dl"), false, TIMEOUT);

	@AfterEach
	void stop() {
		this.client.shutdown();
		this.cluster.close();
	}

	private RedissonClient connect() {
		Config config = new Config().setNettyThreads(2).setThreads(2).setNameMapper(new NameMapper() {

			@Override
			public String map(String name) {
				ClusterLookIntegrationTests.this.mapped.incrementAndGet();
				return name;
			}

			@Override
			public String unmap(String name) {
				return name;
			}

		});
		config.useClusterServers().addNodeAddress(this.cluster.addresses()).setMasterConnectionMinimumIdleSize(1);
		return Redisson.create(config);
	}

	private long asked() {
		return this.cluster.masters()
			.stream()
			.mapToLong((master) -> master.commandCalls().getOrDefault("cluster|slots", 0L))
			.sum();
	}

	@Test
	void shardsAreAskedForOnceInALook() throws InterruptedException {
		this.cluster.masters().forEach(RedisProcess::resetCommandCalls);
		this.check.run(this.client);
		assertThat(this.check.shards().take(this.client, TIMEOUT.toMillis())).hasSize(3);
		assertThat(asked()).isEqualTo(1);
		this.check.repeat(this.client);
		assertThat(this.check.shards().take(this.client, TIMEOUT.toMillis())).hasSize(3);
		assertThat(asked()).isEqualTo(2);
	}

	@Test
	void shardsAreAskedForWithoutALook() throws InterruptedException {
		this.cluster.masters().forEach(RedisProcess::resetCommandCalls);
		this.check.run(this.client);
		this.check.shards().take(this.client, TIMEOUT.toMillis());
		assertThat(this.check.shards().take(this.client, TIMEOUT.toMillis())).hasSize(3);
		assertThat(asked()).isEqualTo(2);
	}

	@Test
	void keyOfEachShardIsSearchedOnce() throws InterruptedException {
		this.mapped.set(0);
		this.check.run(this.client);
		int searched = this.mapped.getAndSet(0);
		this.check.repeat(this.client);
		int known = this.mapped.getAndSet(0);
		this.check.repeat(this.client);
		assertThat(known).isLessThan(searched);
		assertThat(this.mapped).hasValue(known);
	}

}
