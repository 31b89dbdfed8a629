package io.github.distributedlock.autoconfigure.redisson;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.client.RedisConnectionException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisTlsIntegrationTests {

	@TempDir
	private static Path directory;

	@TempDir
	private static Path otherDirectory;

	private static Certificates certificates;

	private static Certificates otherCertificates;

	private static RedisProcess server;

	private static int tlsPort;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
				RedissonLockBackendAutoConfiguration.class))
		.withPropertyValues("spring.ssl.bundle.pem.locks.truststore.certificate=" + certificates.certificate("ca"),
				"spring.ssl.bundle.pem.locks.keystore.certificate=" + certificates.certificate("client"),
				"spring.ssl.bundle.pem.locks.keystore.private-key=" + certificates.key("client"));

	@BeforeAll
	static void startServer() {
		certificates = new Certificates(directory);
		certificates.sign("server", "san=ip:127.0.0.1,dns:localhost");
		certificates.sign("elsewhere", "san=dns:redis.example.com");
		certificates.sign("client");
		otherCertificates = new Certificates(otherDirectory);
		tlsPort = RedisProcess.freePort();
		server = TlsRedis.launch(certificates, tlsPort, "server", "no");
	}

	@AfterAll
	static void stopServer() {
		if (server != null) {
			server.close();
		}
	}

	@Test
	void bundleOfSpringDataRedisIsUsed() {
		this.runner
			.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + tlsPort,
					"spring.data.redis.ssl.bundle=locks")
			.run((context) -> assertEncrypted(context.getBean(LockBackend.class), server, tlsPort));
	}

	@Test
	void bundleOfTheLocksIsUsed() {
		this.runner
			.withPropertyValues("distributed-lock.redis.url=rediss://localhost:" + tlsPort,
					"distributed-lock.redis.ssl.bundle=locks")
			.run((context) -> assertEncrypted(context.getBean(LockBackend.class), server, tlsPort));
	}

	@Test
	void bundleWithClientCertificateAndItsProtocolIsUsed() {
		int port = RedisProcess.freePort();
		try (RedisProcess mutual = TlsRedis.launch(certificates, port, "server", "yes", "--tls-protocols", "TLSv1.2")) {
			this.runner
				.withPropertyValues("distributed-lock.redis.host=127.0.0.1", "distributed-lock.redis.port=" + port,
						"distributed-lock.redis.ssl.bundle=locks",
						"spring.ssl.bundle.pem.locks.options.enabled-protocols=TLSv1.2",
						"spring.ssl.bundle.pem.locks.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
				.run((context) -> assertEncrypted(context.getBean(LockBackend.class), mutual, port));
			assertRefused(port, bundle(certificates), "127.0.0.1");
		}
	}

	@Test
	void urlOfSpringDataRedisMeansTls() {
		this.runner.withPropertyValues("spring.data.redis.url=rediss://127.0.0.1:" + tlsPort).run((context) -> {
			RedisConnection connection = context.getBean(RedisConnectionDetailsAdapter.class).read();
			assertThat(connection).isNotNull();
			assertThat(connection.tls()).isNotNull();
			assertThatExceptionOfType(RedisConnectionException.class).as("the JDK does not trust the authority")
				.isThrownBy(() -> factory(connection).get())
				.havingRootCause()
				.withMessageContaining("unable to find valid certification path");
		});
		this.runner
			.withPropertyValues("spring.data.redis.url=rediss://127.0.0.1:" + tlsPort,
					"spring.data.redis.ssl.bundle=locks")
			.run((context) -> assertEncrypted(context.getBean(LockBackend.class), server, tlsPort));
	}

	@Test
	void serverOfAnotherAuthorityIsRefused() {
		assertRefused(tlsPort, bundle(otherCertificates), "127.0.0.1");
	}

	@Test
	void serverOfAnotherNameIsRefused() {
		int port = RedisProcess.freePort();
		try (RedisProcess elsewhere = TlsRedis.launch(certificates, port, "elsewhere", "no")) {
			assertThat(elsewhere.command("PING")).isEqualTo("PONG");
			assertRefused(port, bundle(certificates), "127.0.0.1");
			assertRefused(port, bundle(certificates), "localhost");
		}
	}

	private static void assertEncrypted(LockBackend backend, RedisProcess server, int tlsPort) {
		Locks.awaitKept(backend);
		assertThat(server.command("CLIENT", "LIST")).asString()
			.contains("laddr=127.0.0.1:" + tlsPort)
			.contains("name=distributed-lock");
	}

	private static void assertRefused(int port, SslBundle bundle, String host) {
		RedisConnection connection = new RedisConnection(new RedisTopology.Standalone(new RedisNode(host, port), 0),
				bundle, () -> new RedisCredentials(null, null));
		assertThatExceptionOfType(RedisConnectionException.class).isThrownBy(() -> factory(connection).get())
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("SSL"));
	}

	private static RedissonClientFactory factory(RedisConnection connection) {
		return new RedissonClientFactory(connection, "distributed-lock", Duration.ofSeconds(2), Duration.ofSeconds(1),
				List.of());
	}

	private static SslBundle bundle(Certificates trusted) {
		PemSslStoreDetails trust = PemSslStoreDetails.forCertificate("file:" + trusted.certificate("ca"));
		return SslBundle.of(new PemSslStoreBundle((PemSslStoreDetails) null, trust));
	}

}
