/**
 * The advice that runs a method while a lock is held. It knows operations and the
 * {@link io.github.distributedlock.LockRegistry}, neither annotations nor stores.
 */
@NullMarked
package io.github.distributedlock.interceptor;

import org.jspecify.annotations.NullMarked;
