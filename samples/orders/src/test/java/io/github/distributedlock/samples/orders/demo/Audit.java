package io.github.distributedlock.samples.orders.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.distributedlock.samples.orders.Receipt;

/**
 * The books of one order against what the customers were told.
 *
 * @param orderId the number of the order
 * @param amount what it costs
 * @param payments what was booked
 * @param receipts what the customers were told, in the order in which they were served
 */
record Audit(long orderId, BigDecimal amount, List<Database.Payment> payments, List<Receipt> receipts) {

	static Audit of(long orderId, Database database, List<Visit> visits) {
		List<Receipt> receipts = visits.stream()
			.map(Visit::receipt)
			.filter((receipt) -> receipt.orderId() == orderId)
			.toList();
		return new Audit(orderId, database.amountOf(orderId), database.paymentsOf(orderId), receipts);
	}

	BigDecimal taken() {
		return this.payments.stream().map(Database.Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	/**
	 * Returns what is wrong with an order that was paid under the lock.
	 * @return findings, none if all is well
	 */
	List<String> findings() {
		List<String> findings = new ArrayList<>();
		if (this.payments.size() != 1) {
			findings.add("Order " + this.orderId + " was booked " + this.payments.size() + " times");
		}
		if (taken().compareTo(this.amount) != 0) {
			findings.add("Order " + this.orderId + " costs " + this.amount + ", but " + taken() + " was taken");
		}
		if (this.receipts.stream().filter(Receipt::paid).count() != 1) {
			findings.add("Order " + this.orderId + " was not confirmed to exactly one customer");
		}
		checkTokens(findings);
		return findings;
	}

	private void checkTokens(List<String> findings) {
		List<Long> tokens = this.receipts.stream().map(Receipt::token).filter(Objects::nonNull).toList();
		if (tokens.size() < this.receipts.size() || !tokens.equals(tokens.stream().sorted().distinct().toList())) {
			findings.add("The fencing tokens of order " + this.orderId + " do not rise: " + tokens);
		}
		List<Long> booked = this.payments.stream().map(Database.Payment::token).toList();
		List<Long> confirmed = this.receipts.stream().filter(Receipt::paid).map(Receipt::token).toList();
		if (!booked.equals(confirmed)) {
			findings
				.add("Order " + this.orderId + " was booked under " + booked + ", but confirmed under " + confirmed);
		}
	}

}
