/**
 * A JVM of the fleet under test.
 */
@NullMarked
package io.github.distributedlock.reliability.node;

import org.jspecify.annotations.NullMarked;
