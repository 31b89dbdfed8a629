package io.github.distributedlock.backend.redisson;

import java.time.Duration;

import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.QueueingLockBackendContract;
import io.github.distributedlock.test.redis.RedisConnection;
import io.github.distributedlock.test.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.redisson.api.RedissonClient;

class RedissonLockBackendIntegrationTests extends QueueingLockBackendContract {

	private static RedisServer server;

	private static RedissonClient client;

	@BeforeAll
	static void start() {
		server = RedisServer.start();
		client = TestClients.single(server);
	}

	@AfterAll
	static void stop() {
		client.shutdown();
		server.close();
	}

	@Override
	protected LockBackend newBackend() {
		return new RedissonLockBackend(RedissonClientSource.existing(() -> client), "dl", Duration.ofSeconds(5));
	}

	@Override
	protected void elapse(Duration time) {
		try (RedisConnection connection = server.connect()) {
			long end = microseconds(connection) + time.toNanos() / 1000;
			Awaitility.await()
				.pollInterval(Duration.ofMillis(5))
				.atMost(time.plusSeconds(10))
				.until(() -> microseconds(connection) > end);
		}
	}

	private static long microseconds(RedisConnection connection) {
		return Long.parseLong(String.valueOf(connection.command("EVAL",
				"local t = redis.call('TIME') return t[1] .. string.format('%06d', t[2])", "0")));
	}

}
