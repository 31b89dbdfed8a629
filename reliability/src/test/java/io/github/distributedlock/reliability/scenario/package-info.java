/**
 * The faults, each with what is expected of it.
 */
@NullMarked
package io.github.distributedlock.reliability.scenario;

import org.jspecify.annotations.NullMarked;
