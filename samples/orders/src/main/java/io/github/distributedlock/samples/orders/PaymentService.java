package io.github.distributedlock.samples.orders;

import java.util.OptionalLong;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.fencing.FencingGuard;
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

	private final FencingGuard fencing;

	PaymentService(Cashier cashier, LockRegistry locks, FencingGuard fencing) {
		this.cashier = cashier;
		this.locks = locks;
		this.fencing = fencing;
	}

	/**
	 * Pays an order. The lock is taken before the transaction begins and released after
	 * it has committed. If this process is paused until somebody else holds the lock, the
	 * database refuses the payment.
	 * @param orderId the number of the order
	 * @return what was done
	 */
	@DistributedLock(key = "#orderId")
	@Transactional
	public Receipt pay(long orderId) {
		Lease lease = this.locks.currentLease();
		this.fencing.check(lease);
		return this.cashier.take(orderId, token(lease));
	}

	private static @Nullable Long token(@Nullable Lease lease) {
		OptionalLong token = (lease != null) ? lease.fencingToken() : OptionalLong.empty();
		return (token.isPresent()) ? token.getAsLong() : null;
	}

}
