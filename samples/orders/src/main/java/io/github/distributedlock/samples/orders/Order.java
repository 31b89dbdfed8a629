package io.github.distributedlock.samples.orders;

import java.math.BigDecimal;

/**
 * What a customer ordered.
 *
 * @param id its number
 * @param amount what it costs
 * @param paid whether it was paid
 */
public record Order(long id, BigDecimal amount, boolean paid) {
}
