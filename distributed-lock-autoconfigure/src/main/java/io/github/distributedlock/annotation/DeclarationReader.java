package io.github.distributedlock.annotation;

import java.time.Duration;

import io.github.distributedlock.LossPolicy;
import io.github.distributedlock.OutagePolicy;
import io.github.distributedlock.interceptor.Contention;
import io.github.distributedlock.interceptor.KeyExpression;
import io.github.distributedlock.interceptor.LockOperation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * Turns a declaration into an operation, and refuses what cannot work.
 */
final class DeclarationReader {

	private final PlaceholderAttribute placeholders;

	private final DurationAttribute durations;

	private final KeyAttribute keys = new KeyAttribute();

	DeclarationReader(StringValueResolver resolver) {
		this.placeholders = new PlaceholderAttribute(resolver);
		this.durations = new DurationAttribute(this.placeholders);
	}

	LockOperation read(LockDeclaration declaration) {
		MethodRules.check(declaration);
		ReturnTypeRules.check(declaration);
		KeyExpression key = this.keys.read(declaration);
		Duration waitTime = this.durations.readWaitTime(declaration);
		return new LockOperation(declaration.method(), name(declaration, key), key,
				(waitTime == null && declaration.isSkip()) ? Duration.ZERO : waitTime,
				this.durations.readLease(declaration), declaration.annotation().getBoolean("renew"),
				contention(declaration), outagePolicy(declaration), lossPolicy(declaration));
	}

	private String name(LockDeclaration declaration, @Nullable KeyExpression key) {
		String name = this.placeholders.read(declaration, "name");
		if (StringUtils.hasText(name)) {
			return name;
		}
		String type = declaration.declaringClass().getName();
		return (key != null) ? type : type + "." + declaration.method().getName();
	}

	private static Contention contention(LockDeclaration declaration) {
		return declaration.isSkip() ? Contention.skip(declaration.returnType()) : Contention.THROW;
	}

	private static @Nullable OutagePolicy outagePolicy(LockDeclaration declaration) {
		return switch (declaration.annotation().getEnum("onUnavailable", DistributedLock.OnUnavailable.class)) {
			case DEFAULT -> null;
			case FAIL_CLOSED -> OutagePolicy.FAIL_CLOSED;
			case FAIL_OPEN -> OutagePolicy.FAIL_OPEN;
		};
	}

	private static @Nullable LossPolicy lossPolicy(LockDeclaration declaration) {
		return switch (declaration.annotation().getEnum("onLost", DistributedLock.OnLost.class)) {
			case DEFAULT -> null;
			case THROW -> LossPolicy.THROW;
			case INTERRUPT -> LossPolicy.INTERRUPT;
		};
	}

}
