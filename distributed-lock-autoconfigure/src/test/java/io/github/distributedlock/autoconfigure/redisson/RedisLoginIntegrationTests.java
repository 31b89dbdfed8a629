package io.github.distributedlock.autoconfigure.redisson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.LockBackend;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.test.redis.MinimalRights;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisLoginIntegrationTests {

	private static final Pattern RIGHTS = Pattern.compile("^ACL SETUSER locks (.+)$", Pattern.MULTILINE);

	private static RedisProcess server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
				RedissonLockBackendAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + server.port());

	@BeforeAll
	static void startServer() {
		server = RedisProcess.launch("--requirepass", "p@ss:word");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void passwordOfSpringDataRedisIsUsed() {
		this.runner.withPropertyValues("spring.data.redis.password=p@ss:word")
			.run((context) -> Locks.awaitKept(context.getBean(LockBackend.class)));
	}

	@Test
	void passwordInTheUrlIsUsed() {
		this.runner
			.withPropertyValues("spring.data.redis.port=1",
					"distributed-lock.redis.url=redis://:p%40ss%3Aword@127.0.0.1:" + server.port() + "/3")
			.run((context) -> Locks.awaitKept(context.getBean(LockBackend.class)));
	}

	@Test
	void wrongPasswordIsRefused() {
		RedissonClientFactory factory = new RedissonClientFactory(
				new RedisConnection(new RedisTopology.Standalone(new RedisNode("127.0.0.1", server.port()), 0), null,
						() -> new RedisCredentials(null, "wrong")),
				"wrong", Duration.ofSeconds(2), Duration.ofSeconds(1), List.of());
		assertThatExceptionOfType(RedisException.class).isThrownBy(factory::get)
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("WRONGPASS"));
	}

	@Test
	void changedPasswordIsUsedByNewConnections() {
		AtomicReference<String> password = new AtomicReference<>("first");
		server.command("ACL", "SETUSER", "rotating", "on", ">first", "~*", "&*", "+@all");
		this.runner.withBean(DataRedisConnectionDetails.class, () -> rotating(password)).run((context) -> {
			LockBackend backend = context.getBean(LockBackend.class);
			Locks.awaitKept(backend);
			server.command("ACL", "SETUSER", "rotating", "resetpass", ">second");
			password.set("second");
			server.command("CLIENT", "KILL", "USER", "rotating");
			Locks.awaitKept(backend);
		});
	}

	@Test
	void documentedRightsAreEnoughAndNoneIsUnused() throws Exception {
		String rights = documentedRights();
		assertThat(rights).isEqualTo("on >secret " + MinimalRights.ADVISED);
		List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", "locks"));
		command.addAll(List.of(rights.split(" ")));
		server.command(command.toArray(String[]::new));
		server.command("SCRIPT", "FLUSH");
		server.command("ACL", "LOG", "RESET");
		server.resetCommandCalls();
		this.runner
			.withPropertyValues("distributed-lock.redis.host=127.0.0.1", "distributed-lock.redis.port=" + server.port(),
					"distributed-lock.redis.username=locks", "distributed-lock.redis.password=secret")
			.withBean("other", DataRedisConnectionDetails.class, () -> rotating(new AtomicReference<>("")))
			.run((context) -> useAllThereIs(context.getBean(LockBackend.class)));
		assertThat(denied()).isEmpty();
		assertThat(server.commandCalls()).containsKeys(granted(rights));
	}

	@Test
	void scriptsAreLoadedAndNeverEvaluatedAlsoWhenTheServerForgotThem() {
		server.command("ACL", "SETUSER", "loading", "on", ">secret", "~*", "&*", "+@all");
		this.runner
			.withPropertyValues("distributed-lock.redis.host=127.0.0.1", "distributed-lock.redis.port=" + server.port(),
					"distributed-lock.redis.username=loading", "distributed-lock.redis.password=secret")
			.run((context) -> {
				LockBackend backend = context.getBean(LockBackend.class);
				Locks.awaitKept(backend);
				server.command("SCRIPT", "FLUSH");
				server.resetCommandCalls();
				Locks.keep(backend);
				assertThat(server.commandCalls()).containsKey("script|load").doesNotContainKey("eval");
			});
	}

	private void useAllThereIs(LockBackend backend) throws Exception {
		Locks.awaitKept(backend);
		LockKey key = LockKey.of("orders", 42);
		String first = backend.node() + "#a";
		String second = backend.node() + "#b";
		assertThat(backend.tryAcquire(key, first, Duration.ofSeconds(5), 2, true).get(5, TimeUnit.SECONDS))
			.isInstanceOf(Attempt.Granted.class);
		assertThat(backend.tryAcquire(key, second, Duration.ofSeconds(5), 2, true).get(5, TimeUnit.SECONDS))
			.isInstanceOf(Attempt.Contended.class);
		assertThat(backend.renew(List.of(new Renew(key, first, Duration.ofSeconds(9), 3, false)))
			.get(0)
			.get(5, TimeUnit.SECONDS)).isInstanceOf(Renewal.Renewed.class);
		assertThat(backend.release(key, first, true).get(5, TimeUnit.SECONDS)).isEqualTo(Release.RELEASED);
		backend.withdraw(key).get(5, TimeUnit.SECONDS);
	}

	/**
	 * Redisson tries a script of its own to detect a proxy, and does without.
	 */
	private static List<?> denied() {
		return ((List<?>) server.command("ACL", "LOG")).stream()
			.map(String::valueOf)
			.filter((entry) -> !entry.contains("object, eval,"))
			.toList();
	}

	private static String documentedRights() throws IOException {
		Matcher matcher = RIGHTS.matcher(Files.readString(Path.of("../docs/redis.md")));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	/**
	 * A channel is left only when servers change or a client of the application is used,
	 * and the head of a queue looked at only where the receivers of a message are not
	 * counted.
	 */
	private static String[] granted(String rights) {
		return Pattern.compile("\\+(\\S+)")
			.matcher(rights)
			.results()
			.map((match) -> match.group(1))
			.filter((command) -> !List.of("unsubscribe", "lindex").contains(command))
			.toArray(String[]::new);
	}

	private static DataRedisConnectionDetails rotating(AtomicReference<String> password) {
		return new DataRedisConnectionDetails() {

			@Override
			public String getUsername() {
				return "rotating";
			}

			@Override
			public String getPassword() {
				return password.get();
			}

			@Override
			public Standalone getStandalone() {
				return Standalone.of("127.0.0.1", server.port());
			}

		};
	}

}
