package io.github.distributedlock.autoconfigure.redisson;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.distributedlock.LockMisconfiguredException;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A connection that cannot be trusted is no outage: whoever fails open does not run.
 */
class RedisTlsRefusalIntegrationTests {

	@TempDir
	private static Path directory;

	@TempDir
	private static Path otherDirectory;

	private static Certificates certificates;

	private static Certificates otherCertificates;

	private final AtomicInteger runs = new AtomicInteger();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RedissonLockBackendAutoConfiguration.class,
				DistributedLockAutoConfiguration.class))
		.withPropertyValues("spring.ssl.bundle.pem.locks.truststore.certificate=" + certificates.certificate("ca"),
				"distributed-lock.redis.ssl.bundle=locks", "distributed-lock.redis.host=127.0.0.1",
				"distributed-lock.command-timeout=5s");

	@BeforeAll
	static void sign() {
		certificates = new Certificates(directory);
		certificates.sign("server", "san=ip:127.0.0.1");
		certificates.sign("renewed", "san=ip:127.0.0.1");
		certificates.sign("elsewhere", "san=dns:redis.example.com");
		certificates.signExpired("expired", "san=ip:127.0.0.1");
		otherCertificates = new Certificates(otherDirectory);
		otherCertificates.sign("server", "san=ip:127.0.0.1");
	}

	@Test
	void serverThatIsTrustedKeepsTheLocks() {
		int port = RedisProcess.freePort();
		try (RedisProcess server = TlsRedis.launch(certificates, port, "server", "no")) {
			this.runner.withPropertyValues("distributed-lock.redis.port=" + port)
				.run((context) -> Locks.awaitKept(context.getBean(LockBackend.class)));
			assertThat(server.commandCalls()).containsKey("evalsha");
		}
	}

	@Test
	void serverOfAnotherAuthorityNeverFailsOpen() {
		assertRefused(otherCertificates, "server", "no", "PKIX path");
	}

	@Test
	void serverOfAnotherNameNeverFailsOpen() {
		assertRefused(certificates, "elsewhere", "no", "127.0.0.1");
	}

	@Test
	void serverWhoseCertificateIsExpiredNeverFailsOpen() {
		assertRefused(certificates, "expired", "no", "validity check failed");
	}

	@Test
	void serverThatAsksForAClientCertificateInVainNeverFailsOpen() {
		assertRefused(certificates, "server", "yes", "certificate");
	}

	@Test
	void serverWithoutTlsNeverFailsOpen() {
		try (RedisProcess server = RedisProcess.launch()) {
			this.runner.withPropertyValues("distributed-lock.redis.port=" + server.port())
				.run((context) -> assertNeverOpen(tried(context), "does not speak TLS"));
		}
	}

	@Test
	void serverThatIsExchangedWhileTheApplicationRunsIsRefusedUntilItIsTrusted() {
		int port = RedisProcess.freePort();
		try (RedisProcess server = TlsRedis.launch(certificates, port, "renewed", "no")) {
			this.runner.withPropertyValues("distributed-lock.redis.port=" + port).run((context) -> {
				LockBackend backend = context.getBean(LockBackend.class);
				Locks.awaitKept(backend);
				certificates.replace("renewed", otherCertificates, "server");
				server.restart();
				LockRegistry locks = context.getBean(LockRegistry.class);
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.ignoreExceptions()
					.untilAsserted(() -> assertNeverOpen(locks, "TLS"));
				for (int i = 0; i < 10; i++) {
					assertNeverOpen(locks, "TLS");
				}
				certificates.replace("renewed", certificates, "server");
				server.restart();
				Locks.awaitKept(backend);
			});
		}
	}

	@Test
	void serverThatEndsHandshakesWithoutAWordNeverFailsOpen() throws IOException {
		try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
			Thread thread = new Thread(() -> endHandshakes(rude), "rude-server");
			thread.setDaemon(true);
			thread.start();
			this.runner.withPropertyValues("distributed-lock.redis.port=" + rude.getLocalPort())
				.run((context) -> assertNeverOpen(tried(context), "handshake"));
		}
	}

	/**
	 * Waits for the first words of the client, and says nothing.
	 */
	private static void endHandshakes(ServerSocket server) {
		while (!server.isClosed()) {
			try (Socket client = server.accept()) {
				client.getInputStream().readNBytes(5);
				client.getInputStream().skipNBytes(client.getInputStream().available());
			}
			catch (IOException clientLeft) {
				Thread.onSpinWait();
			}
		}
	}

	@Test
	void serverThatIsKilledOrStoppedIsAnOutage() {
		int port = RedisProcess.freePort();
		try (RedisProcess server = TlsRedis.launch(certificates, port, "server", "no")) {
			this.runner.withPropertyValues("distributed-lock.redis.port=" + port).run((context) -> {
				LockBackend backend = context.getBean(LockBackend.class);
				Locks.awaitKept(backend);
				server.stop();
				LockRegistry locks = context.getBean(LockRegistry.class);
				for (int i = 0; i < 10; i++) {
					assertOpen(locks);
				}
				server.restart();
				Locks.awaitKept(backend);
				server.pause();
				for (int i = 0; i < 3; i++) {
					assertOpen(locks);
				}
				server.resume();
			});
		}
	}

	private void assertOpen(LockRegistry locks) {
		int before = this.runs.get();
		locks.execute(LockRequest.of("orders", 42).withOnUnavailable(OutagePolicy.FAIL_OPEN),
				(lease) -> this.runs.incrementAndGet());
		assertThat(this.runs).hasValue(before + 1);
	}

	private void assertRefused(Certificates signer, String name, String authenticateClients, String reason) {
		int port = RedisProcess.freePort();
		try (RedisProcess server = TlsRedis.launch(signer, port, name, authenticateClients)) {
			assertThat(server.command("PING")).isEqualTo("PONG");
			this.runner.withPropertyValues("distributed-lock.redis.port=" + port)
				.run((context) -> assertNeverOpen(tried(context), reason));
		}
	}

	/**
	 * Waits until the first attempt to connect has ended: until then nobody knows.
	 */
	private static LockRegistry tried(BeanFactory context) {
		context.getBean(LockBackend.class).connect().join();
		return context.getBean(LockRegistry.class);
	}

	private void assertNeverOpen(LockRegistry locks, String reason) {
		LockRequest open = LockRequest.of("orders", 42).withOnUnavailable(OutagePolicy.FAIL_OPEN);
		assertThatExceptionOfType(LockMisconfiguredException.class)
			.isThrownBy(() -> locks.execute(open, (lease) -> this.runs.incrementAndGet()))
			.withMessageContaining("TLS")
			.withMessageContaining(reason);
		assertThat(this.runs).hasValue(0);
	}

}
