/**
 * Locks in the memory of one process, for tests and for applications that run as a single
 * node and say so.
 */
@NullMarked
package io.github.distributedlock.backend.memory;

import org.jspecify.annotations.NullMarked;
