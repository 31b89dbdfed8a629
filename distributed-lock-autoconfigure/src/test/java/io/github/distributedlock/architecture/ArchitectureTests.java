package io.github.distributedlock.architecture;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.github.distributedlock.LockRegistry;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main code keeps the {@link ArchitectureRules}.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = ArchitectureRules.mainClasses(ArchitectureRules.ROOT);

	@ParameterizedTest
	@MethodSource("rules")
	void mainCodeKeepsTheRule(ArchRule rule) {
		rule.check(CLASSES);
	}

	@Test
	void everyCompiledMainClassWasRead() throws Exception {
		assertThat(CLASSES).hasSize((int) compiledMainClasses());
	}

	private static Stream<Named<ArchRule>> rules() {
		return ArchitectureRules.under(ArchitectureRules.ROOT)
			.entrySet()
			.stream()
			.map((rule) -> Named.of(rule.getKey(), rule.getValue()));
	}

	private static long compiledMainClasses() throws IOException, URISyntaxException {
		Path output = Path.of(LockRegistry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(output)) {
			return files.filter((file) -> file.toString().endsWith(".class")).count();
		}
	}

}
