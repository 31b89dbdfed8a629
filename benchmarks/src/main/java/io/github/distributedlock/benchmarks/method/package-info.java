/**
 * Calls within one JVM, measured by JMH.
 */
@NullMarked
package io.github.distributedlock.benchmarks.method;

import org.jspecify.annotations.NullMarked;
