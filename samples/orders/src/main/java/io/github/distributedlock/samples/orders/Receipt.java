package io.github.distributedlock.samples.orders;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request to pay an order.
 *
 * @param orderId the number of the order
 * @param paid whether this request paid it; {@code false} if it was already paid
 * @param node the node that served the request
 * @param token the fencing token under which it ran, {@code null} without a lock
 * @param begun when the order was read, the lock being held
 * @param ended when the work was done, the lock still being held
 */
public record Receipt(long orderId, boolean paid, String node, @Nullable Long token, Instant begun, Instant ended) {
}
