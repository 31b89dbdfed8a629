package io.github.distributedlock.architecture;

import java.util.LinkedHashMap;
import java.util.Map;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rules of this project, each under a name that is a sentence. They hold for a tree
 * of packages that may have any root, so that they can be tried on small trees that break
 * them.
 */
final class ArchitectureRules {

	static final String ROOT = "io.github.distributedlock";

	private ArchitectureRules() {
	}

	/**
	 * Returns every rule for the packages under a root. None of them needs any package to
	 * exist.
	 * @param root the package of the API
	 * @return the rules by their names
	 */
	static Map<String, ArchRule> under(String root) {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.putAll(new PackageRules(root).all());
		rules.putAll(new LibraryRules(root).all());
		rules.putAll(new TimeRules(root).all());
		rules.putAll(new CodeRules().all());
		rules.replaceAll((name, rule) -> rule.as(name + ": " + rule.getDescription()).allowEmptyShould(true));
		return rules;
	}

	/**
	 * Reads the compiled main classes under a root.
	 * @param root the package of the API
	 * @return the classes, at least one
	 * @throws IllegalStateException if there are none, for which every rule would hold
	 */
	static JavaClasses mainClasses(String root) {
		JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(root);
		if (classes.isEmpty()) {
			throw new IllegalStateException("No class of '" + root + "' was found: compile the main code first");
		}
		return classes;
	}

}
