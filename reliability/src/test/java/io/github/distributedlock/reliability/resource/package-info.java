/**
 * What the lock protects, in a process of its own.
 */
@NullMarked
package io.github.distributedlock.reliability.resource;

import org.jspecify.annotations.NullMarked;
