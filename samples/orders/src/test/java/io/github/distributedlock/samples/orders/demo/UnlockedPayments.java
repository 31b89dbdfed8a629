package io.github.distributedlock.samples.orders.demo;

import java.util.Objects;

import io.github.distributedlock.samples.orders.Cashier;
import io.github.distributedlock.samples.orders.Receipt;

import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The control: the same work in the same kind of transaction, without the lock.
 */
@RestController
class UnlockedPayments {

	private final Cashier cashier;

	private final TransactionOperations transactions;

	UnlockedPayments(Cashier cashier, TransactionOperations transactions) {
		this.cashier = cashier;
		this.transactions = transactions;
	}

	@PostMapping("/orders/{id}/unlocked-payments")
	Receipt pay(@PathVariable long id) {
		return Objects.requireNonNull(this.transactions.execute((status) -> this.cashier.take(id, null)));
	}

}
