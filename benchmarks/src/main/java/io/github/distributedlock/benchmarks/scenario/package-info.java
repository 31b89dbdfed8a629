/**
 * What is compared, one class each.
 */
@NullMarked
package io.github.distributedlock.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
