package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.redisson.api.RedissonClient;

/**
 * A server, nodes that use it, and the names of one lock's records in it.
 */
abstract class RecordsUnderTest {

	static final Duration LEASE = Duration.ofSeconds(30);

	static RedisProcess server;

	static RedissonClient client;

	private final List<TestNode> nodes = new ArrayList<>();

	final LockKey key = LockKey.of("records", UUID.randomUUID());

	final String lock = "dl:{" + this.key + "}:lock";

	final String fence = "dl:{" + this.key + "}:fence";

	final String queue = "dl:{" + this.key + "}:queue";

	@BeforeAll
	static void start() {
		server = RedisProcess.launch();
		client = TestClients.single(server);
	}

	@AfterAll
	static void stop() {
		client.shutdown();
		server.close();
	}

	@AfterEach
	void closeNodes() {
		this.nodes.forEach(TestNode::close);
	}

	final TestNode node() {
		TestNode node = new TestNode(
				new RedissonLockBackend(RedissonClientSource.existing(() -> client), "dl", Duration.ofSeconds(5)));
		this.nodes.add(node);
		return node;
	}

	static long microseconds() {
		List<?> time = (List<?>) server.command("TIME");
		return Long.parseLong("" + time.get(0)) * 1_000_000 + Long.parseLong("" + time.get(1));
	}

}
