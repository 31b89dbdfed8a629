package io.github.distributedlock.architecture;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Each of the {@link ArchitectureRules} can fail, and does not without a reason. A rule's
 * bad tree is the package {@code fixture.bad} plus the rule's name in lower case: its
 * classes named {@code Offender…} break the rule, those named {@code Forbidden…} are what
 * they must not know, all others keep it. The tree in {@code fixture.good} comes as close
 * to every rule as is allowed.
 */
class ArchitectureRulesTests {

	private static final String GOOD = ArchitectureRulesTests.class.getPackageName() + ".fixture.good";

	private static final JavaClasses GOOD_CLASSES = read(GOOD);

	@ParameterizedTest
	@MethodSource("rules")
	void ruleIsBrokenByEachOffenderAndByNobodyElse(String rule) {
		String root = ArchitectureRulesTests.class.getPackageName() + ".fixture.bad." + rule.toLowerCase(Locale.ROOT);
		JavaClasses classes = read(root);
		List<String> reported = classes.stream()
			.filter(ArchitectureRulesTests::isToBeReported)
			.map(JavaClass::getName)
			.toList();
		EvaluationResult result = rule(rule, root).evaluate(classes);
		List<String> failures = result.getFailureReport().getDetails();
		assertThat(reported).isNotEmpty()
			.allSatisfy((type) -> assertThat(failures).anyMatch((failure) -> failure.contains(type)));
		assertThat(failures).allMatch((failure) -> failure.contains("Offender"));
	}

	@ParameterizedTest
	@MethodSource("rules")
	void ruleAcceptsTheGoodTreeForMoreThanItsEmptiness(String rule) {
		rule(rule, GOOD).allowEmptyShould(false).check(GOOD_CLASSES);
	}

	@ParameterizedTest
	@MethodSource("rules")
	void ruleAcceptsPackagesThatDoNotExistYet(String rule) {
		rule(rule, "io.github.nobody").check(new ClassFileImporter().importClasses(Set.of()));
	}

	@Test
	void mainClassesThatAreNotThereAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> ArchitectureRules.mainClasses("io.github.nobody"))
			.withMessageContaining("io.github.nobody");
	}

	private static ArchRule rule(String rule, String root) {
		return ArchitectureRules.under(root).get(rule);
	}

	private static Stream<String> rules() {
		return ArchitectureRules.under(GOOD).keySet().stream();
	}

	private static JavaClasses read(String root) {
		return new ClassFileImporter().importPackages(root);
	}

	private static boolean isToBeReported(JavaClass type) {
		return type.getSimpleName().startsWith("Offender") || type.getSimpleName().startsWith("Forbidden");
	}

}
