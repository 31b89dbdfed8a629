/**
 * The only place with concurrency: one queue per key and node, hand-off, renewal,
 * deadlines, loss, retry and the outage policy, for every store alike.
 */
@NullMarked
package io.github.distributedlock.engine;

import org.jspecify.annotations.NullMarked;
