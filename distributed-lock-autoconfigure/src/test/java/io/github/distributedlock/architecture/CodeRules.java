package io.github.distributedlock.architecture;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * What no code of this project does, wherever it is.
 */
record CodeRules() {

	private static final Set<String> PARSERS = Set.of("org.springframework.expression.ExpressionParser",
			"org.springframework.expression.common.TemplateAwareExpressionParser",
			"org.springframework.expression.spel.standard.SpelExpressionParser",
			"org.springframework.context.expression.CachedExpressionEvaluator",
			"org.springframework.context.expression.StandardBeanExpressionResolver",
			"org.springframework.beans.factory.config.BeanExpressionResolver",
			"org.springframework.beans.factory.config.EmbeddedValueResolver");

	Map<String, ArchRule> all() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("expressionsAreParsedInOneClass", classes().should(leaveParsingToOneClass()));
		rules.put("classNamesSayWhatTheyAre", classNamesSayWhatTheyAre());
		rules.put("packageNamesSayWhatTheyHold", noClasses().should()
			.resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper.."));
		return rules;
	}

	private ArchRule classNamesSayWhatTheyAre() {
		return noClasses().should(ArchConditions.be(DescribedPredicate.describe("named vaguely",
				(type) -> Stream.of("Util", "Common", "Impl", "Manager", "Helper")
					.anyMatch(withoutSpringTerms(type)::contains))));
	}

	private static String withoutSpringTerms(JavaClass type) {
		return type.getSimpleName().replace("TransactionManager", "");
	}

	private static ArchCondition<JavaClass> leaveParsingToOneClass() {
		return new ArchCondition<>("leave the parsing of expressions to one class") {

			private Set<String> parsing = Set.of();

			@Override
			public void init(Collection<JavaClass> types) {
				this.parsing = types.stream()
					.filter(CodeRules::parses)
					.map(CodeRules::outermost)
					.collect(Collectors.toSet());
			}

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean alone = !parses(type) || this.parsing.size() == 1;
				events.add(new SimpleConditionEvent(type, alone,
						type.getName() + " parses expressions, and so do others: " + this.parsing));
			}

		};
	}

	private static boolean parses(JavaClass type) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.anyMatch((dependency) -> PARSERS.contains(dependency.getTargetClass().getName()));
	}

	private static String outermost(JavaClass type) {
		return type.getEnclosingClass().map(CodeRules::outermost).orElseGet(type::getName);
	}

}
