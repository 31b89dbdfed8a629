package io.github.distributedlock.benchmarks.client;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * The least that excludes anybody: one connection, {@code SET NX PX}, and a script that
 * deletes what it owns. Waiters poll at random moments within half a millisecond.
 */
final class LettuceLocks implements LockClient {

	private static final String DELETE = "if redis.call('get', KEYS[1]) == ARGV[1] then "
			+ "return redis.call('del', KEYS[1]) end return 0";

	private static final int LONGEST_PAUSE = 500_000;

	private final RedisClient client;

	private final StatefulRedisConnection<String, String> connection;

	private final RedisCommands<String, String> commands;

	private final String delete;

	LettuceLocks(int port) {
		this.client = RedisClient.create("redis://127.0.0.1:" + port);
		this.connection = this.client.connect();
		this.commands = this.connection.sync();
		this.delete = this.commands.scriptLoad(DELETE);
	}

	@Override
	public Held lock(String key) {
		String owner = UUID.randomUUID().toString();
		SetArgs lease = SetArgs.Builder.nx().px(30_000);
		while (!"OK".equals(this.commands.set(key, owner, lease))) {
			LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE));
		}
		return () -> this.commands.evalsha(this.delete, ScriptOutputType.INTEGER, new String[] { key }, owner);
	}

	@Override
	public void close() {
		this.connection.close();
		this.client.shutdown();
	}

}
