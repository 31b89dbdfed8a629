package io.github.distributedlock.autoconfigure.redisson;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;

/**
 * Asks for the login anew for each connection. The answer must be complete at once:
 * Redisson sends the commands that follow the login without waiting for it.
 */
final class LatestCredentials implements CredentialsResolver {

	private final Supplier<RedisCredentials> credentials;

	LatestCredentials(Supplier<RedisCredentials> credentials) {
		this.credentials = credentials;
	}

	@Override
	public CompletionStage<Credentials> resolve(InetSocketAddress address) {
		try {
			RedisCredentials current = this.credentials.get();
			return CompletableFuture.completedFuture(new Credentials(current.username(), current.password()));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
