package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.autoconfigure.DistributedLockProperties.Backend;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches the store that is configured.
 */
final class OnLockBackendCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Backend wanted = metadata.getAnnotations().get(ConditionalOnLockBackend.class).getEnum("value", Backend.class);
		Backend configured = Binder.get(context.getEnvironment())
			.bind("distributed-lock.backend", Backend.class)
			.orElse(Backend.REDISSON);
		ConditionMessage message = ConditionMessage.forCondition(ConditionalOnLockBackend.class, wanted)
			.because("distributed-lock.backend is " + configured);
		return new ConditionOutcome(wanted == configured, message);
	}

}
