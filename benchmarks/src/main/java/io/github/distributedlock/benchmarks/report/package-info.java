/**
 * Tables, files and charts of what came out.
 */
@NullMarked
package io.github.distributedlock.benchmarks.report;

import org.jspecify.annotations.NullMarked;
