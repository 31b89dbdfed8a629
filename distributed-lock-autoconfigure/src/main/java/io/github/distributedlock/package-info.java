/**
 * The API of the distributed lock: a {@link io.github.distributedlock.LockRegistry}
 * grants a {@link io.github.distributedlock.Lease} of a
 * {@link io.github.distributedlock.LockKey}.
 */
@NullMarked
package io.github.distributedlock;

import org.jspecify.annotations.NullMarked;
