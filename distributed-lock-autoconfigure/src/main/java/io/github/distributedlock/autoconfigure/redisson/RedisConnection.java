package io.github.distributedlock.autoconfigure.redisson;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * All that a client needs to know to connect to Redis.
 *
 * @param topology the servers
 * @param tls the certificates, ciphers and protocols, or {@code null} for clear text
 * @param credentials gives the login at the servers, asked anew for each connection
 */
record RedisConnection(RedisTopology topology, @Nullable SslBundle tls, Supplier<RedisCredentials> credentials) {
}
