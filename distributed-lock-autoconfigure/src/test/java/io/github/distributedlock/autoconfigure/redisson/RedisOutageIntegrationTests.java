package io.github.distributedlock.autoconfigure.redisson;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class RedisOutageIntegrationTests {

	private RedisProcess server;

	private ApplicationContextRunner runner;

	@BeforeEach
	void startServer() {
		this.server = RedisProcess.launch();
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
					RedissonLockBackendAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.server.port());
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void applicationStartsAtOnceWhenConnectionsAreRefused() {
		startsAtOnce(this.server::stop, this.server::restart);
	}

	@Test
	void applicationStartsAtOnceWhenNothingAnswers() {
		startsAtOnce(this.server::pause, this.server::resume);
	}

	/**
	 * Starts an application without its server, which takes no longer than with it, but
	 * for half of the two seconds that a client waits for a connection.
	 */
	private void startsAtOnce(Runnable goes, Runnable comesBack) {
		starts((backend) -> {
		});
		Duration usual = starts(Locks::awaitKept);
		goes.run();
		Duration alone = starts((backend) -> {
			comesBack.run();
			Locks.awaitKept(backend);
		});
		assertThat(alone).isLessThan(usual.plusSeconds(1));
	}

	private Duration starts(Consumer<LockBackend> then) {
		long before = System.nanoTime();
		AtomicReference<Duration> taken = new AtomicReference<>();
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			LockBackend backend = context.getBean(LockBackend.class);
			taken.set(Duration.ofNanos(System.nanoTime() - before));
			then.accept(backend);
		});
		return taken.get();
	}

	@Test
	void contextClosesWhenNothingAnswers() {
		this.server.pause();
		long[] closing = new long[1];
		this.runner.run((context) -> {
			assertThat(catchThrowable(() -> Locks.keep(context.getBean(LockBackend.class)))).isNotNull();
			closing[0] = System.nanoTime();
		});
		assertThat(Duration.ofNanos(System.nanoTime() - closing[0])).isLessThan(Duration.ofSeconds(20));
	}

	@Test
	void locksAreKeptAgainAfterARestart() {
		this.runner.run((context) -> {
			LockBackend backend = context.getBean(LockBackend.class);
			Locks.awaitKept(backend);
			this.server.restart();
			Locks.awaitKept(backend);
		});
	}

	@Test
	void locksAreKeptAgainAfterSilence() {
		this.runner.run((context) -> {
			LockBackend backend = context.getBean(LockBackend.class);
			Locks.awaitKept(backend);
			this.server.pause();
			assertThat(catchThrowable(() -> Locks.keep(backend))).isNotNull();
			this.server.resume();
			Locks.awaitKept(backend);
		});
	}

	@Test
	void silentConnectionsAreReplacedWithinSeconds() throws Exception {
		try (SilencingProxy proxy = new SilencingProxy(this.server.port())) {
			this.runner.withPropertyValues("spring.data.redis.port=" + proxy.port()).run((context) -> {
				LockBackend backend = context.getBean(LockBackend.class);
				Locks.awaitKept(backend);
				proxy.silence();
				long before = System.nanoTime();
				Locks.awaitKept(backend);
				assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
			});
		}
	}

}
