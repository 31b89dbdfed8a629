package io.github.distributedlock.samples.orders.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.github.distributedlock.samples.orders.Receipt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AuditTests {

	@Test
	void orderPaidOnceHasNoFindings() {
		assertThat(audit(List.of(payment("5.00", 7L)), receipt(true, 7L), receipt(false, 8L)).findings()).isEmpty();
	}

	@Test
	void orderPaidTwiceIsFound() {
		assertThat(audit(List.of(payment("5.00", 7L), payment("5.00", 8L)), receipt(true, 7L), receipt(true, 8L))
			.findings()).containsExactly("Order 2 was booked 2 times", "Order 2 costs 5.00, but 10.00 was taken",
					"Order 2 was not confirmed to exactly one customer");
	}

	@Test
	void unpaidOrderIsFound() {
		assertThat(audit(List.of(), receipt(false, 7L)).findings()).contains("Order 2 was booked 0 times");
	}

	@Test
	void tokenThatDoesNotRiseIsFound() {
		assertThat(audit(List.of(payment("5.00", 7L)), receipt(true, 7L), receipt(false, 6L)).findings())
			.containsExactly("The fencing tokens of order 2 do not rise: [7, 6]");
	}

	@Test
	void requestWithoutTokenIsFound() {
		assertThat(audit(List.of(payment("5.00", 7L)), receipt(true, 7L), receipt(false, null)).findings())
			.containsExactly("The fencing tokens of order 2 do not rise: [7]");
	}

	@Test
	void paymentUnderAnotherTokenIsFound() {
		assertThat(audit(List.of(payment("5.00", 9L)), receipt(true, 7L)).findings())
			.containsExactly("Order 2 was booked under [9], but confirmed under [7]");
	}

	private static Audit audit(List<Database.Payment> payments, Receipt... receipts) {
		return new Audit(2, new BigDecimal("5.00"), payments, List.of(receipts));
	}

	private static Database.Payment payment(String amount, Long token) {
		return new Database.Payment(new BigDecimal(amount), "A", token);
	}

	private static Receipt receipt(boolean paid, @Nullable Long token) {
		return new Receipt(2, paid, "A", token, Instant.EPOCH, Instant.EPOCH);
	}

}
