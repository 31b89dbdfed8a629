package io.github.distributedlock.samples.orders;

import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockUnavailableException;
import io.github.distributedlock.StaleTokenException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Payments over HTTP.
 */
@RestController
public class PaymentController {

	private final PaymentService payments;

	PaymentController(PaymentService payments) {
		this.payments = payments;
	}

	/**
	 * Pays an order.
	 * @param id the number of the order
	 * @return the receipt, {@code 201} if this request paid the order and {@code 409} if
	 * it was already paid
	 */
	@PostMapping("/orders/{id}/payments")
	public ResponseEntity<Receipt> pay(@PathVariable long id) {
		Receipt receipt = this.payments.pay(id);
		return ResponseEntity.status((receipt.paid()) ? HttpStatus.CREATED : HttpStatus.CONFLICT).body(receipt);
	}

	@ExceptionHandler({ LockNotAcquiredException.class, LockUnavailableException.class, StaleTokenException.class })
	ResponseEntity<ProblemDetail> busy(RuntimeException ex) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"The order could not be locked, nothing was paid: try again"));
	}

}
