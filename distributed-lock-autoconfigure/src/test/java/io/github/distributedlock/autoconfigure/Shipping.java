package io.github.distributedlock.autoconfigure;

import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.autoconfigure.Orders.Order;

/**
 * Enters the lock of another bean again.
 */
class Shipping {

	private final Orders orders;

	private final LockRegistry locks;

	Shipping(Orders orders, LockRegistry locks) {
		this.orders = orders;
		this.locks = locks;
	}

	@DistributedLock(name = "orders", key = "#order.id")
	public boolean ship(Order order) {
		return this.locks.currentLease().fencingToken().equals(this.orders.pay(order).fencingToken());
	}

}
