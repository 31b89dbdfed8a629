package io.github.distributedlock.samples.orders;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes the money: reads the order, asks the payment provider, writes. Two of these at
 * the same time both find the order unpaid, so callers must see to it that there is one.
 */
@Component
public class Cashier {

	private final OrderRepository orders;

	private final OrdersProperties properties;

	Cashier(OrderRepository orders, OrdersProperties properties) {
		this.orders = orders;
		this.properties = properties;
	}

	/**
	 * Takes the money for an order, unless it was already paid.
	 * @param orderId the number of the order
	 * @param token the fencing token to store with the payment, if there is one
	 * @return what was done
	 */
	public Receipt take(long orderId, @Nullable Long token) {
		Instant begun = Instant.now();
		Order order = this.orders.find(orderId);
		if (!order.paid()) {
			askThePaymentProvider(this.properties.thinkTime());
			this.orders.bookPayment(orderId, order.amount(), this.properties.node(), token);
			this.orders.markPaid(orderId);
		}
		return new Receipt(orderId, !order.paid(), this.properties.node(), token, begun, Instant.now());
	}

	private static void askThePaymentProvider(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the payment provider was asked", ex);
		}
	}

}
