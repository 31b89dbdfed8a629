package io.github.distributedlock.autoconfigure.redisson;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

import io.github.distributedlock.DistributedLockException;
import io.github.distributedlock.Lease;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockMisconfiguredException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.autoconfigure.DistributedLockAutoConfiguration;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.test.CapturedLog;
import io.github.distributedlock.test.redis.RedisProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Where keys and passwords are said: keys in the messages that are about their lock, on
 * one line, and nowhere else; passwords nowhere.
 */
class CanaryIntegrationTests {

	private static final String CANARY = "ssn-123-45-6789";

	private static final String FORGED = "2026-11-20 ERROR forged";

	private static final String KEY = CANARY + "\r\n" + FORGED + "\u001b[31m";

	private static final String PASSWORD = "canary-of-a-password";

	private final CapturedLog log = new CapturedLog();

	private RedisProcess server;

	private ApplicationContextRunner runner;

	@BeforeEach
	void startServer() {
		this.server = RedisProcess.launch("--requirepass", PASSWORD);
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
					RedissonLockBackendAutoConfiguration.class, DistributedLockAutoConfiguration.class))
			.withPropertyValues("distributed-lock.redis.host=127.0.0.1",
					"distributed-lock.redis.port=" + this.server.port(), "distributed-lock.redis.password=" + PASSWORD);
	}

	@AfterEach
	void stopServer() {
		this.log.close();
		this.server.close();
	}

	@Test
	void keyOfALockThatIsGrantedRenewedAndReleasedIsNotLogged() {
		this.runner.run((context) -> {
			LockRegistry locks = connected(context);
			try (Lease lease = locks.acquire(request().withLease(Duration.ofMillis(600)))) {
				Awaitility.await().until(() -> this.server.commandCalls().getOrDefault("pexpire", 0L) > 1);
				assertThat(lease.isValid()).isTrue();
				assertThat(Thread.getAllStackTraces().keySet())
					.allSatisfy((thread) -> assertThat(thread.getName()).doesNotContain(CANARY));
			}
		});
		assertThat(this.log.entries()).isNotEmpty();
		assertThat(this.log.with(CANARY)).isEmpty();
	}

	@Test
	void keyIsInTheExceptionAboutItsLockOnOneLine() {
		this.runner.run((context) -> {
			LockRegistry locks = connected(context);
			Lease held = locks.acquire(request());
			assertSaidOnOneLine(locks, LockNotAcquiredException.class, request().withWaitTime(Duration.ZERO));
			this.server.command("RPUSH", record("wrong type"), "x");
			assertSaidOnOneLine(locks, LockMisconfiguredException.class, LockRequest.of("wrong type", KEY));
			held.close();
			Lease lost = locks.acquire(request().withLease(Duration.ofMillis(600)));
			this.server.command("DEL", record("canary"));
			Awaitility.await().until(() -> !lost.isValid());
			assertThat(catchThrowableOfType(LockLostException.class, lost::ensureValid).getMessage()).contains(CANARY)
				.doesNotContain("\n", "\r", "\u001b");
			this.server.stop();
			assertSaidOnOneLine(locks, LockUnavailableException.class, request());
			try (Lease open = locks.acquire(request().withOnUnavailable(OutagePolicy.FAIL_OPEN))) {
				assertThat(open.isProtected()).isFalse();
			}
		});
		assertThat(this.log.with(CANARY)).isNotEmpty().allSatisfy((entry) -> {
			assertThat(entry.logger()).startsWith("io.github.distributedlock");
			assertThat(entry.level()).isIn("WARN", "DEBUG");
			assertThat(entry.message()).doesNotContain("\n", "\r", "\u001b");
		});
		assertThat(this.log.with(PASSWORD)).isEmpty();
	}

	@Test
	void passwordIsNeitherLoggedNorThrown() {
		String wrong = "canary-of-another-password";
		String user = "canary-of-a-user";
		String port = "" + this.server.port();
		assertRefusedWithout(wrong, "distributed-lock.redis.password=" + wrong);
		assertRefusedWithout(PASSWORD, "distributed-lock.redis.username=" + PASSWORD);
		assertRefusedWithout(user, "distributed-lock.redis.username=" + user);
		assertRefusedWithout(wrong, "distributed-lock.redis.password=", "distributed-lock.redis.host=",
				"distributed-lock.redis.port=",
				"distributed-lock.redis.url=redis://locks:" + wrong + "@127.0.0.1:" + port);
		for (String secret : List.of(wrong, user, PASSWORD)) {
			assertThat(this.log.with(secret)).as(secret).isEmpty();
		}
	}

	private void assertRefusedWithout(String secret, String... properties) {
		this.runner.withPropertyValues(properties).run((context) -> {
			LockRegistry locks = context.getBean(LockRegistry.class);
			LockMisconfiguredException refused = catchThrowableOfType(LockMisconfiguredException.class,
					() -> locks.acquire(request()));
			assertThat(refused).hasMessageContaining("password");
			assertThat(stackTrace(refused)).contains("WRONGPASS").doesNotContain(secret, PASSWORD);
		});
	}

	@Test
	void passwordInTheWrongPlaceIsNotInTheFailureToStart() {
		for (String misplaced : List.of("url=redis://locks:%s@ho st", "url=http://locks:%s@host",
				"url=redis://locks:%s", "host=redis://locks:%s@host", "host=%s@host",
				"cluster.nodes=redis://locks:%s@host:6379", "sentinel.nodes=locks:%s@host:26379",
				"master-replica.nodes=%s@host")) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(RedissonLockBackendAutoConfiguration.class,
						DistributedLockAutoConfiguration.class))
				.withPropertyValues("distributed-lock.redis." + misplaced.formatted(PASSWORD),
						misplaced.startsWith("sentinel") ? "distributed-lock.redis.sentinel.master=locks" : "a=b")
				.run((context) -> {
					assertThat(context).as(misplaced).hasFailed();
					assertThat(stackTrace(context.getStartupFailure())).as(misplaced).doesNotContain(PASSWORD);
				});
		}
		assertThat(this.log.with(PASSWORD)).isEmpty();
	}

	private static LockRegistry connected(BeanFactory context) {
		Locks.awaitKept(context.getBean(LockBackend.class));
		return context.getBean(LockRegistry.class);
	}

	private static void assertSaidOnOneLine(LockRegistry locks, Class<? extends DistributedLockException> type,
			LockRequest request) {
		DistributedLockException thrown = catchThrowableOfType(type, () -> locks.acquire(request).close());
		assertThat(thrown).as(type.getSimpleName()).isNotNull();
		assertThat(thrown.getMessage()).contains(CANARY).doesNotContain("\n", "\r", "\u001b");
	}

	private static LockRequest request() {
		return LockRequest.of("canary", KEY);
	}

	/**
	 * The record of a lock as the server knows it: keys are readable there.
	 */
	private static String record(String name) {
		return "dl:{" + name.replace(" ", "%20") + ":" + CANARY + "%0D%0A2026-11-20%20ERROR%20forged%1B%5B31m}:lock";
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text + String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure));
	}

}
