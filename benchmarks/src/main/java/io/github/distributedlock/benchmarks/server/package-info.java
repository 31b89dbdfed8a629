/**
 * The Redis that is measured against, and what it counts.
 */
@NullMarked
package io.github.distributedlock.benchmarks.server;

import org.jspecify.annotations.NullMarked;
