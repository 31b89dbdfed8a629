/**
 * Every lock that is compared, behind one shape.
 */
@NullMarked
package io.github.distributedlock.benchmarks.client;

import org.jspecify.annotations.NullMarked;
