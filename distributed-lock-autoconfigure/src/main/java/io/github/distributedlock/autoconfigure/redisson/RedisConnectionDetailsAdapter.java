package io.github.distributedlock.autoconfigure.redisson;

import org.jspecify.annotations.Nullable;

/**
 * Spring Boot's connection details, if the application has them. Keeps their types out of
 * classes that are loaded without them.
 */
@FunctionalInterface
interface RedisConnectionDetailsAdapter {

	@Nullable RedisConnection read();

}
