package io.github.distributedlock.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.annotation.DistributedLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values of a call are never expressions, whatever they look like: each payload ends up
 * in the key as it is, and leaves no trace.
 */
class ExpressionPayloadTests {

	private static final String ME = "T(" + ExpressionPayloadTests.class.getName() + ")";

	private static final AtomicInteger FIRED = new AtomicInteger();

	private static final List<BiFunction<Payloads, String, Lease>> WAYS = List.of(Payloads::variable,
			(payloads, payload) -> payloads.property(new Payloads.Order(payload)),
			(payloads, payload) -> payloads.entry(Map.of("id", payload)), Payloads::index, Payloads::argument,
			Payloads::fromCode);

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, DistributedLockAutoConfiguration.class,
				DistributedLockAdviceAutoConfiguration.class))
		.withUserConfiguration(LockStore.SharedStore.class)
		.withPropertyValues("secret.canary=canary-of-the-environment")
		.withBean("payloads", Payloads.class);

	@BeforeEach
	void reset() {
		FIRED.set(0);
	}

	/**
	 * What the payloads call, if anything evaluates them.
	 */
	public static String fire() {
		FIRED.incrementAndGet();
		return "fired";
	}

	private List<String> payloads() {
		Path file = this.directory.resolve("trace");
		List<String> expressions = List.of(ME + ".fire()", "new " + Trace.class.getName().replace('$', '.') + "()",
				"new java.io.File('" + file + "').createNewFile()",
				"T(java.nio.file.Files).createFile(T(java.nio.file.Path).of('" + file + "'))",
				"T(java.lang.Runtime).getRuntime().exec('touch " + file + "')",
				"new java.lang.ProcessBuilder({'touch','" + file + "'}).start()", "@payloads.fire()",
				"#root.target.fire()", "#root.targetClass.classLoader", "#root.method.invoke(null)", "#this.getClass()",
				"''.getClass().forName('" + ExpressionPayloadTests.class.getName()
						+ "').getMethod('fire').invoke(null)",
				"T(org.springframework.util.StreamUtils).copy(null,null)", "@environment.getProperty('secret.canary')",
				"@systemProperties['user.home']", "{1,2,3}.![" + ME + ".fire()]", "#value = " + ME + ".fire()",
				"(#x = '') ?: " + ME + ".fire()");
		Function<String, List<String>> forms = (expression) -> List.of(expression, "#{" + expression + "}",
				"${" + expression + "}", "${none:#{" + expression + "}}", "#{'${secret.canary}'}" + expression,
				"'+" + expression + "+'", "' + (" + expression + ") + '", "\\' + " + expression + " + \\'",
				"\"+" + expression + "+\"", "')+" + expression + "+('", "#value\n" + expression,
				"__${" + expression + "}__::.x", "%{" + expression + "}");
		return expressions.stream().flatMap((expression) -> forms.apply(expression).stream()).toList();
	}

	@Test
	void payloadsInArgumentsAreTextAndLeaveNoTrace() {
		List<String> payloads = payloads();
		this.runner.run((context) -> {
			Payloads bean = context.getBean(Payloads.class);
			for (String payload : payloads) {
				for (BiFunction<Payloads, String, Lease> way : WAYS) {
					Lease lease = way.apply(bean, payload);
					assertThat(lease.key().key()).isIn(payload, "x-" + payload + "-y");
				}
			}
			assertThat(FIRED).hasValue(0);
			assertThat(this.directory).isEmptyDirectory();
		});
		assertThat(payloads).hasSizeGreaterThan(200);
	}

	@Test
	void payloadsInPropertiesOfTheNameAreText() {
		this.runner.withPropertyValues("orders.name=" + ME + ".fire()").run((context) -> {
			assertThat(context.getBean(Payloads.class).named().key().name()).isEqualTo(ME + ".fire()");
			assertThat(FIRED).hasValue(0);
		});
		this.runner.withPropertyValues("orders.name=#{" + ME + ".fire()}").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(FIRED).hasValue(0);
		});
	}

	@Test
	void payloadsWouldLeaveATraceIfTheyWereEvaluated() {
		new SpelExpressionParser().parseExpression(ME + ".fire()").getValue(new StandardEvaluationContext());
		assertThat(FIRED).hasValue(1);
		new SpelExpressionParser().parseExpression(payloads().get(26)).getValue(new StandardEvaluationContext());
		assertThat(Files.exists(this.directory.resolve("trace"))).isTrue();
	}

	public static final class Trace {

		public Trace() {
			fire();
		}

	}

	static class Payloads {

		private final LockRegistry locks;

		Payloads(LockRegistry locks) {
			this.locks = locks;
		}

		@DistributedLock("#value")
		public Lease variable(String value) {
			return this.locks.currentLease();
		}

		@DistributedLock("#order.id")
		public Lease property(Order order) {
			return this.locks.currentLease();
		}

		@DistributedLock("#headers['id']")
		public Lease entry(Map<String, String> headers) {
			return this.locks.currentLease();
		}

		@DistributedLock("'x-' + #p0 + '-y'")
		public Lease index(String value) {
			return this.locks.currentLease();
		}

		@DistributedLock("#root.args[0]")
		public Lease argument(String value) {
			return this.locks.currentLease();
		}

		@DistributedLock(name = "${orders.name:orders}")
		public Lease named() {
			return this.locks.currentLease();
		}

		public Lease fromCode(String value) {
			return this.locks.execute(LockRequest.of("orders", value), (lease) -> lease);
		}

		public String fire() {
			return ExpressionPayloadTests.fire();
		}

		record Order(String id) {
		}

	}

}
