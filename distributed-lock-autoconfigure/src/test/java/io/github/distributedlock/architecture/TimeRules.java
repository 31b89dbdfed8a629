package io.github.distributedlock.architecture;

import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodReference;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Which time may be asked, and where: no wall clock decides anything, and the monotonic
 * clock is injected.
 *
 * @param root the package of the API
 */
record TimeRules(String root) {

	Map<String, ArchRule> all() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("noWallClockIsAsked", noWallClockIsAsked());
		rules.put("noWallClockIsKept", noWallClockIsKept());
		rules.put("monotonicTimeIsReadByTheTicker", monotonicTimeIsReadByTheTicker());
		rules.put("backendsReferToMonotonicTime", backendsReferToMonotonicTime());
		return rules;
	}

	private ArchRule noWallClockIsAsked() {
		return noClasses().that()
			.resideInAnyPackage(this.root + ".engine..", this.root + ".backend..")
			.should()
			.accessTargetWhere(target("currentTimeMillis", "java.lang.System").or(target("now", "java.time.")));
	}

	private ArchRule noWallClockIsKept() {
		return noClasses().that()
			.resideInAnyPackage(this.root + ".engine..", this.root + ".backend..")
			.should()
			.dependOnClassesThat(new DescribedPredicate<JavaClass>("are wall clocks") {

				@Override
				public boolean test(JavaClass type) {
					return type.isAssignableTo(java.time.InstantSource.class) || type.isAssignableTo(Date.class)
							|| type.isAssignableTo(Calendar.class);
				}

			});
	}

	private ArchRule monotonicTimeIsReadByTheTicker() {
		return noClasses().that()
			.doNotHaveFullyQualifiedName(this.root + ".engine.Ticker")
			.and()
			.resideOutsideOfPackage(this.root + ".backend.*..")
			.should()
			.accessTargetWhere(target("nanoTime", "java.lang.System"));
	}

	private ArchRule backendsReferToMonotonicTime() {
		return noClasses().that()
			.resideInAPackage(this.root + ".backend.*..")
			.should()
			.accessTargetWhere(target("nanoTime", "java.lang.System")
				.and(DescribedPredicate.describe("is called instead of injected as 'System::nanoTime'",
						(access) -> !(access instanceof JavaMethodReference))));
	}

	private static DescribedPredicate<JavaAccess<?>> target(String method, String owner) {
		return DescribedPredicate.describe(owner + " " + method, (access) -> {
			AccessTarget target = access.getTarget();
			return target.getName().equals(method) && target.getOwner().getName().startsWith(owner);
		});
	}

}
