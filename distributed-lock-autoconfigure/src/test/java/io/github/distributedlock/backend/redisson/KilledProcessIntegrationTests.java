package io.github.distributedlock.backend.redisson;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KilledProcessIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	@Test
	void killedProcessFreesItsLockWithinTheLease() throws Exception {
		LockKey key = LockKey.of("killed");
		try (RedisServer server = RedisServer.start();
				TestNode node = new TestNode(new RedissonLockBackend(
						RedissonClientSource.owned(() -> TestClients.single(server)), "dl", Duration.ofSeconds(5)))) {
			node.release(node.acquire(LockKey.of("warm")));
			Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", System.getProperty("java.class.path"), LockHolder.class.getName(), server.address(),
					key.name(), "" + LEASE.toMillis())
				.redirectErrorStream(true)
				.start();
			try {
				String owner = awaitHeld(holder);
				assertThat(node.contended(key, true).holder()).startsWith(owner + "#");
				holder.destroyForcibly().waitFor();
				long killed = System.nanoTime();
				Awaitility.await()
					.pollInterval(Duration.ofMillis(20))
					.until(() -> node.attempt(key, true) instanceof Attempt.Granted);
				assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE.multipliedBy(2));
			}
			finally {
				holder.destroyForcibly();
			}
		}
	}

	private static String awaitHeld(Process holder) throws IOException {
		StringBuilder output = new StringBuilder();
		try (BufferedReader reader = holder.inputReader()) {
			String line = reader.readLine();
			while (line != null) {
				if (line.startsWith("held by ")) {
					return line.substring("held by ".length());
				}
				output.append(line).append('\n');
				line = reader.readLine();
			}
		}
		throw new IllegalStateException("The other process does not hold the lock:\n" + output);
	}

}
