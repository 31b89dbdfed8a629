/**
 * A network that fails on demand.
 */
@NullMarked
package io.github.distributedlock.reliability.proxy;

import org.jspecify.annotations.NullMarked;
