package io.github.distributedlock.samples.orders;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The orders and their payments. Nothing in the database keeps an order from being paid
 * twice: no unique payment, no version, no {@code SELECT … FOR UPDATE}. A real shop has
 * such a guard as well; here it would hide a lock that does not work.
 */
@Repository
public class OrderRepository {

	private final JdbcClient jdbc;

	OrderRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Order find(long id) {
		return this.jdbc.sql("SELECT id, amount, paid FROM orders WHERE id = ?")
			.param(id)
			.query(Order.class)
			.optional()
			.orElseThrow(() -> new UnknownOrderException(id));
	}

	void bookPayment(long orderId, BigDecimal amount, String node, @Nullable Long token) {
		this.jdbc.sql("INSERT INTO payments (order_id, amount, node, token) VALUES (?, ?, ?, ?)")
			.params(orderId, amount, node, token)
			.update();
	}

	void markPaid(long orderId) {
		this.jdbc.sql("UPDATE orders SET paid = TRUE WHERE id = ?").param(orderId).update();
	}

}
