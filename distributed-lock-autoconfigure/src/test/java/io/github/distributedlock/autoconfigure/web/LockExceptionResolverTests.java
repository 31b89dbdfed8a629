package io.github.distributedlock.autoconfigure.web;

import java.time.Duration;
import java.util.OptionalLong;

import io.github.distributedlock.DistributedLockException;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockLostException;
import io.github.distributedlock.LockMisconfiguredException;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockQueueFullException;
import io.github.distributedlock.LockRegistryShutdownException;
import io.github.distributedlock.LockUnavailableException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerExceptionResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring MVC answers when a lock cannot be had.
 */
class LockExceptionResolverTests {

	private static final LockKey KEY = LockKey.of("orders", 42);

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, DistributedLockWebMvcAutoConfiguration.class));

	@Test
	void whatMayBeServedLaterIsUnavailable() {
		answers(new LockUnavailableException(KEY, Duration.ZERO, "no answer", null), 503);
		answers(new LockQueueFullException(KEY, 10, true), 503);
		answers(new LockRegistryShutdownException(KEY), 503);
	}

	@Test
	void contentionAndDefectsAreLeftToTheApplication() {
		fails(new LockNotAcquiredException(KEY, Duration.ZERO, null));
		fails(new LockMisconfiguredException(KEY, "no rights", null));
		fails(new LockLostException(KEY, Duration.ZERO, OptionalLong.empty(), "gone"));
	}

	@Test
	void handlersOfTheApplicationComeFirst() {
		this.contextRunner.withBean(Handlers.class)
			.withBean(Orders.class, () -> new Orders(new LockQueueFullException(KEY, 10, true)))
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/order")).hasStatus(429));
	}

	@Test
	void answerTellsNothingOfTheLock() {
		this.contextRunner.withBean(Orders.class, () -> new Orders(new LockQueueFullException(KEY, 10, true)))
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/order")).hasStatus(503)
				.bodyText()
				.isEmpty());
	}

	@Test
	void otherApplicationsHaveNoResolver() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DistributedLockWebMvcAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("distributedLockExceptionResolver"));
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DistributedLockWebMvcAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(HandlerExceptionResolver.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("distributedLockExceptionResolver"));
	}

	private void answers(DistributedLockException failure, int status) {
		this.contextRunner.withBean(Orders.class, () -> new Orders(failure))
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/order")).hasStatus(status));
	}

	private void fails(DistributedLockException failure) {
		this.contextRunner.withBean(Orders.class, () -> new Orders(failure))
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/order")).hasFailed()
				.failure()
				.hasRootCause(failure));
	}

	@RestController
	static class Orders {

		private final DistributedLockException failure;

		Orders(DistributedLockException failure) {
			this.failure = failure;
		}

		@GetMapping("/order")
		String order() {
			throw this.failure;
		}

	}

	@RestControllerAdvice
	static class Handlers {

		@ExceptionHandler
		ResponseEntity<Void> full(DistributedLockException ex) {
			return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).build();
		}

	}

}
