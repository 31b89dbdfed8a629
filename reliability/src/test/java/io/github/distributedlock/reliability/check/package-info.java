/**
 * What must be true of a history.
 */
@NullMarked
package io.github.distributedlock.reliability.check;

import org.jspecify.annotations.NullMarked;
