/**
 * The annotation {@link io.github.distributedlock.annotation.DistributedLock} and its
 * reading into an operation.
 */
@NullMarked
package io.github.distributedlock.annotation;

import org.jspecify.annotations.NullMarked;
