/**
 * Two nodes of the shop on one machine, and customers that pay the same orders on both at
 * the same time.
 */
@NullMarked
package io.github.distributedlock.samples.orders.demo;

import org.jspecify.annotations.NullMarked;
