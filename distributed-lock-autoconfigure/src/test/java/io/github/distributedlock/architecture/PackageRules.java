package io.github.distributedlock.architecture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Which packages exist, and which way they may know each other.
 *
 * @param root the package of the API
 */
record PackageRules(String root) {

	Map<String, ArchRule> all() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("everyPackageHasItsPlace", everyPackageHasItsPlace());
		rules.put("everyPackageIsNullMarked",
				classes().that().doNotHaveSimpleName("package-info").should(beInANullMarkedPackage()));
		rules.put("packagesFormNoCycle", slices().matching("(**)").should().beFreeOfCycles());
		rules.put("apiKnowsNobody", classesIn("").should(knowOnly("")));
		rules.put("spiKnowsTheApi", classesIn(".backend").should(knowOnly("", ".backend")));
		rules.put("backendsKnowTheSpi", classesIn(".backend.*..").should(knowOnly("", ".backend", ".backend.*..")));
		rules.put("backendsNeverSeeEachOther",
				slices().matching(this.root + ".backend.(*)..").should().notDependOnEachOther());
		rules.put("engineKnowsTheSpi", classesIn(".engine..").should(knowOnly("", ".backend", ".engine..")));
		rules.put("interceptorKnowsTheApi", classesIn(".interceptor..").should(knowOnly("", ".interceptor..")));
		rules.put("annotationKnowsTheInterceptor",
				classesIn(".annotation..").should(knowOnly("", ".interceptor..", ".annotation..")));
		for (String feature : new String[] { "observation", "actuate", "leader", "fencing" }) {
			rules.put(feature + "KnowsTheApi",
					classesIn("." + feature + "..").should(knowOnly("", "." + feature + "..")));
		}
		return rules;
	}

	private ArchRule everyPackageHasItsPlace() {
		return classes().should()
			.resideInAnyPackage(under("", ".backend", ".backend.*..", ".engine..", ".interceptor..", ".annotation..",
					".observation..", ".actuate..", ".leader..", ".fencing..", ".autoconfigure.."));
	}

	private GivenClassesConjunction classesIn(String part) {
		return classes().that().resideInAPackage(this.root + part);
	}

	private ArchCondition<JavaClass> knowOnly(String... parts) {
		DescribedPredicate<JavaClass> foreign = DescribedPredicate.not(resideInAPackage(this.root + ".."));
		return ArchConditions.onlyDependOnClassesThat(foreign.or(resideInAnyPackage(under(parts))));
	}

	private String[] under(String... parts) {
		return Stream.of(parts).map((part) -> this.root + part).toArray(String[]::new);
	}

	private static ArchCondition<JavaClass> beInANullMarkedPackage() {
		return new ArchCondition<>("be in a package that is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				JavaPackage home = type.getPackage();
				boolean marked = home.tryGetPackageInfo().isPresent() && home.isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked,
						type.getName() + ": its package-info.java is not annotated with @NullMarked"));
			}

		};
	}

}
