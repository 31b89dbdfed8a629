/**
 * A shop that takes payments for orders on several nodes.
 */
@NullMarked
package io.github.distributedlock.samples.orders;

import org.jspecify.annotations.NullMarked;
