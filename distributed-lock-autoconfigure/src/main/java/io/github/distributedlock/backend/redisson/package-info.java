/**
 * Locks on Redis, through the scripts of this package and the connections of Redisson.
 */
@NullMarked
package io.github.distributedlock.backend.redisson;

import org.jspecify.annotations.NullMarked;
