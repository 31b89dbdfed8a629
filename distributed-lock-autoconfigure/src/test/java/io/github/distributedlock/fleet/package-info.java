/**
 * Whole applications, with the real auto-configuration, against real Redis servers.
 */
@NullMarked
package io.github.distributedlock.fleet;

import org.jspecify.annotations.NullMarked;
