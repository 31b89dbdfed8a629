package io.github.distributedlock.samples.orders;

import java.util.OptionalLong;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pays orders, each by one request at a time in the whole fleet.
 */
@Service
public class PaymentService {

	private final Cashier cashier;

	private final LockRegistry locks;

	PaymentService(Cashier cashier, LockRegistry locks) {
		this.cashier = cashier;
		this.locks = locks;
	}

	/**
	 * Pays an order. The lock is taken before the transaction begins and released after
	 * it has committed.
	 * @param orderId the number of the order
	 * @return what was done
	 */
	@DistributedLock(key = "#orderId")
	@Transactional
	public Receipt pay(long orderId) {
		return this.cashier.take(orderId, fencingToken());
	}

	private @Nullable Long fencingToken() {
		Lease lease = this.locks.currentLease();
		OptionalLong token = (lease != null) ? lease.fencingToken() : OptionalLong.empty();
		return (token.isPresent()) ? token.getAsLong() : null;
	}

}
