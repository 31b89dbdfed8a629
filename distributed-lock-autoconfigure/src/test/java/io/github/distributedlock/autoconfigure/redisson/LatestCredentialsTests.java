package io.github.distributedlock.autoconfigure.redisson;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.redisson.config.Credentials;

import static org.assertj.core.api.Assertions.assertThat;

class LatestCredentialsTests {

	private final InetSocketAddress address = new InetSocketAddress("127.0.0.1", 6379);

	@Test
	void loginIsAskedForEachTime() {
		AtomicReference<RedisCredentials> current = new AtomicReference<>(new RedisCredentials("alice", "old"));
		LatestCredentials credentials = new LatestCredentials(current::get);
		assertThat(resolve(credentials).getPassword()).isEqualTo("old");
		current.set(new RedisCredentials("alice", "new"));
		assertThat(resolve(credentials).getPassword()).isEqualTo("new");
	}

	@Test
	void loginThatCannotBeReadFailsTheConnection() {
		LatestCredentials credentials = new LatestCredentials(() -> {
			throw new IllegalStateException("vault is sealed");
		});
		assertThat(credentials.resolve(this.address)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("vault is sealed");
	}

	@Test
	void openServersBehindSentinelsWithPasswordAreLoggedInAt() {
		RedisCredentials none = new RedisCredentials(null, null);
		RedisCredentials some = new RedisCredentials("alice", "secret");
		assertThat(SentinelCredentials.ofServers(none, none)).isEqualTo(none);
		assertThat(SentinelCredentials.ofServers(some, none)).isEqualTo(some);
		assertThat(SentinelCredentials.ofServers(some, some)).isEqualTo(some);
		assertThat(SentinelCredentials.ofServers(none, some).password()).isNotNull().isNotEqualTo("secret");
	}

	private Credentials resolve(LatestCredentials credentials) {
		return credentials.resolve(this.address).toCompletableFuture().join();
	}

}
