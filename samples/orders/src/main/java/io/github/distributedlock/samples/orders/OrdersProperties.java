package io.github.distributedlock.samples.orders;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a node.
 *
 * @param node name of this node, stored with each payment
 * @param thinkTime how long the payment provider takes to answer
 */
@ConfigurationProperties("orders")
public record OrdersProperties(@DefaultValue("A") String node, @DefaultValue("50ms") Duration thinkTime) {
}
