/**
 * How fast the lock is, beside others, in one run on one machine.
 */
@NullMarked
package io.github.distributedlock.benchmarks;

import org.jspecify.annotations.NullMarked;
