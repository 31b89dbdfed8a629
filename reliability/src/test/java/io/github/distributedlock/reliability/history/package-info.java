/**
 * What happened: events of all processes on one clock.
 */
@NullMarked
package io.github.distributedlock.reliability.history;

import org.jspecify.annotations.NullMarked;
