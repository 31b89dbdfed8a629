package io.github.distributedlock.backend.redisson;

import java.io.IOException;
import java.time.Duration;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.TestNode;
import org.redisson.Redisson;
import org.redisson.config.Config;

/**
 * A process that holds a lock until it is killed. Takes the server's address, the lock's
 * name and the lease in milliseconds; writes a line when it holds the lock.
 */
final class LockHolder {

	private LockHolder() {
	}

	public static void main(String[] arguments) throws IOException {
		Config config = new Config().setNettyThreads(2).setThreads(2);
		config.useSingleServer().setAddress(arguments[0]).setConnectionMinimumIdleSize(1).setConnectionPoolSize(8);
		TestNode node = new TestNode(new RedissonLockBackend(RedissonClientSource.owned(() -> Redisson.create(config)),
				"dl", Duration.ofSeconds(10)));
		node.acquire(LockKey.of(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2])), 1);
		System.out.println("\nheld by " + node.node());
		int end = System.in.read();
		System.out.println("not killed: " + end);
	}

}
