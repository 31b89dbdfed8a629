/**
 * Tries to break the lock with real faults, and checks what happened.
 */
@NullMarked
package io.github.distributedlock.reliability;

import org.jspecify.annotations.NullMarked;
