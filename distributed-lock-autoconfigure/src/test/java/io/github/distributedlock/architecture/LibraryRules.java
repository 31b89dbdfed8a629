package io.github.distributedlock.architecture;

import java.util.LinkedHashMap;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Which packages may use which libraries.
 *
 * @param root the package of the API
 */
record LibraryRules(String root) {

	Map<String, ArchRule> all() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("apiUsesJavaAndJSpecifyOnly", apiUsesJavaAndJSpecifyOnly());
		rules.put("springAopIsForTheAdvice", springAopIsForTheAdvice());
		rules.put("springBootIsForTheAutoConfiguration", springBootIsForTheAutoConfiguration());
		rules.put("redissonIsForItsBackend", redissonIsForItsBackend());
		rules.put("redissonIsUsedThroughItsApi", redissonIsUsedThroughItsApi());
		rules.put("redissonIsStartedByTheAutoConfiguration", redissonIsStartedByTheAutoConfiguration());
		rules.put("loggingGoesThroughCommonsLogging", loggingGoesThroughCommonsLogging());
		rules.put("nothingIsDeserialized", nothingIsDeserialized());
		return rules;
	}

	private ArchRule apiUsesJavaAndJSpecifyOnly() {
		return classes().that()
			.resideInAPackage(this.root)
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", this.root + ".."));
	}

	private ArchRule springAopIsForTheAdvice() {
		return noClasses().that()
			.resideInAnyPackage(this.root, this.root + ".backend..", this.root + ".engine..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.aop..", "org.aopalliance..", "org.aspectj..");
	}

	private ArchRule springBootIsForTheAutoConfiguration() {
		return noClasses().that()
			.resideOutsideOfPackages(this.root + ".autoconfigure..", this.root + ".actuate..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..");
	}

	private ArchRule redissonIsForItsBackend() {
		return noClasses().that()
			.resideOutsideOfPackages(this.root + ".backend.redisson..", this.root + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.redisson..");
	}

	private ArchRule redissonIsUsedThroughItsApi() {
		DescribedPredicate<JavaClass> api = resideInAnyPackage("org.redisson.api..", "org.redisson.config..");
		DescribedPredicate<JavaClass> codec = name("org.redisson.client.codec.StringCodec")
			.or(name("org.redisson.client.codec.LongCodec"))
			.forSubtype();
		DescribedPredicate<JavaClass> exception = resideInAnyPackage("org.redisson", "org.redisson.client")
			.and(simpleNameEndingWith("Exception"));
		DescribedPredicate<JavaClass> entry = name("org.redisson.Redisson")
			.or(name("org.redisson.cluster.ClusterSlotRange"))
			.forSubtype();
		return noClasses().should()
			.dependOnClassesThat(resideInAPackage("org.redisson..")
				.and(DescribedPredicate.not(api.or(codec).or(exception).or(entry))));
	}

	private ArchRule redissonIsStartedByTheAutoConfiguration() {
		return noClasses().that()
			.resideOutsideOfPackage(this.root + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("org.redisson.Redisson");
	}

	private ArchRule loggingGoesThroughCommonsLogging() {
		return noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.slf4j..", "java.util.logging..", "ch.qos.logback..", "org.apache.logging..");
	}

	private ArchRule nothingIsDeserialized() {
		return noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);
	}

}
