/**
 * Measurements in JVMs of their own.
 */
@NullMarked
package io.github.distributedlock.benchmarks.fork;

import org.jspecify.annotations.NullMarked;
