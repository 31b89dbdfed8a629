package io.github.distributedlock.benchmarks.method;

import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.benchmarks.load.Order;

import org.springframework.cache.annotation.Cacheable;

/**
 * Methods that do nothing, so that what is around them is measured.
 */
public class OrderService {

	/**
	 * Has no annotation.
	 * @param order what it is called with
	 * @return a text
	 */
	public String plain(Order order) {
		return order.getId();
	}

	/**
	 * Is not run again for the same order.
	 * @param order what it is called with
	 * @return a text
	 */
	@Cacheable(cacheNames = "orders", key = "#order.id")
	public String cached(Order order) {
		return order.getId();
	}

	/**
	 * Is run by one caller at a time.
	 * @param order what it is called with
	 * @return a text
	 */
	@DistributedLock(key = "#order.id")
	public String locked(Order order) {
		return order.getId();
	}

	/**
	 * Calls a method again and again while it holds that method's lock.
	 * @param order what it is called with
	 * @param proxy the advised service
	 * @param times how often
	 * @return a text
	 */
	@DistributedLock(key = "#order.id")
	public String lockedOutside(Order order, OrderService proxy, int times) {
		String last = "";
		for (int i = 0; i < times; i++) {
			last = proxy.locked(order);
		}
		return last;
	}

}
