package io.github.distributedlock.backend;

import java.time.Duration;

/**
 * What a store can do.
 *
 * @param shortestLease the shortest lease that it keeps
 * @param longestLease the longest lease that it keeps
 * @param queuesNodes whether it remembers which nodes wait, and wakes them in order
 */
public record Limits(Duration shortestLease, Duration longestLease, boolean queuesNodes) {
}
