package io.github.distributedlock.samples.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * There is no order of that number.
 */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class UnknownOrderException extends RuntimeException {

	UnknownOrderException(long orderId) {
		super("There is no order " + orderId);
	}

}
