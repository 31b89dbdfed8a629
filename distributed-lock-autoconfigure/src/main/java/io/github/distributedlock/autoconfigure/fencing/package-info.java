/**
 * Auto-configuration of fencing guards.
 */
@NullMarked
package io.github.distributedlock.autoconfigure.fencing;

import org.jspecify.annotations.NullMarked;
