package io.github.distributedlock.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches if {@code distributed-lock.backend}, however it is spelt, names a store.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnLockBackendCondition.class)
public @interface ConditionalOnLockBackend {

	/**
	 * The store.
	 * @return the store
	 */
	DistributedLockProperties.Backend value();

}
