package io.github.distributedlock.autoconfigure;

import java.io.IOException;

import io.github.distributedlock.annotation.DistributedLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the processing of an application ahead of time.
 */
class AheadOfTimeTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void killSwitchIsReadAtRunTime(String enabled) throws IOException {
		process("distributed-lock.enabled=" + enabled);
		assertThat(source("DistributedLockAutoConfiguration")).contains("distributedLockRegistry",
				"distributedLockLifecycle");
		assertThat(source("DistributedLockAdviceAutoConfiguration")).contains("distributedLockAdvisor",
				"distributedLockVerifier");
	}

	@Test
	void lockedMethodsMayBeReflectedUpon() {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Jobs.class, "run"))
			.accepts(process("distributed-lock.enabled=true"));
	}

	@Test
	void keysMayReadTheirArguments() throws Exception {
		RuntimeHints hints = process("distributed-lock.enabled=true");
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class.getDeclaredMethod("id")))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Unread.class)).rejects(hints);
	}

	private String source(String configuration) throws IOException {
		String name = this.files.getGeneratedFiles(Kind.SOURCE)
			.keySet()
			.stream()
			.filter((path) -> path.contains("/" + configuration + "__BeanDefinitions"))
			.findFirst()
			.orElseThrow();
		return this.files.getGeneratedFileContent(Kind.SOURCE, name);
	}

	private RuntimeHints process(String property) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(property).applyTo(context);
			context.register(AopAutoConfiguration.class, LockStore.SharedStore.class,
					DistributedLockAutoConfiguration.class, DistributedLockAdviceAutoConfiguration.class,
					DistributedLockTransactionAutoConfiguration.class, Jobs.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("com.example", "Application")), this.files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return generation.getRuntimeHints();
		}
	}

	static class Jobs {

		@DistributedLock("#order.id")
		public void run(Order order) {
		}

		@DistributedLock
		public void runAll(Unread unread) {
		}

	}

	record Order(String id) {
	}

	record Unread(String id) {
	}

}
