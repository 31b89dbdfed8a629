/**
 * Real Redis servers for tests.
 */
@NullMarked
package io.github.distributedlock.test.redis;

import org.jspecify.annotations.NullMarked;
