/**
 * What a forked JVM does.
 */
@NullMarked
package io.github.distributedlock.benchmarks.load;

import org.jspecify.annotations.NullMarked;
