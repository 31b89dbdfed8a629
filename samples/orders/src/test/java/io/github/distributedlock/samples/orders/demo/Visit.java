package io.github.distributedlock.samples.orders.demo;

import java.time.Duration;
import java.time.Instant;

import io.github.distributedlock.samples.orders.Receipt;

/**
 * One request of a customer and its answer. Customers and nodes share a machine, so their
 * clocks may be compared.
 *
 * @param asked when the request was sent
 * @param receipt what became of it
 */
record Visit(Instant asked, Receipt receipt) {

	Duration waited() {
		return Duration.between(this.asked, this.receipt.begun());
	}

	Duration held() {
		return Duration.between(this.receipt.begun(), this.receipt.ended());
	}

}
