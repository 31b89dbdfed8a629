/**
 * Where the lock's Redisson client comes from, in a Spring Boot application.
 */
@NullMarked
package io.github.distributedlock.autoconfigure.redisson;

import org.jspecify.annotations.NullMarked;
