/**
 * What came out.
 */
@NullMarked
package io.github.distributedlock.reliability.report;

import org.jspecify.annotations.NullMarked;
