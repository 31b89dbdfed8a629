package io.github.distributedlock.samples.orders;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.LockRequest;
import io.github.distributedlock.samples.orders.demo.Redis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One node of the shop, over HTTP, with a real Redis.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "distributed-lock.wait-time=2s", "spring.datasource.url=jdbc:h2:mem:payments" })
class PaymentIntegrationTests {

	private static final Redis REDIS = start();

	private final LockRegistry locks;

	private final JdbcClient jdbc;

	private final RestClient client;

	PaymentIntegrationTests(@Autowired LockRegistry locks, @Autowired JdbcClient jdbc, @LocalServerPort int port) {
		this.locks = locks;
		this.jdbc = jdbc;
		this.client = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
	}

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		REDIS.properties().forEach((key, value) -> registry.add(key, () -> value));
	}

	@AfterAll
	static void stop() throws IOException {
		REDIS.close();
	}

	@Test
	void paidOrderIsBookedWithItsFencingToken() {
		assertThat(pay(1)).isEqualTo(HttpStatus.CREATED);
		assertThat(tokens(1)).hasSize(1).doesNotContainNull();
	}

	@Test
	void secondPaymentIsRefused() {
		pay(2);
		assertThat(pay(2)).isEqualTo(HttpStatus.CONFLICT);
		assertThat(tokens(2)).hasSize(1);
	}

	@Test
	void oneOfManyPaymentsAtATimeIsBooked() throws InterruptedException {
		Queue<HttpStatusCode> answers = new ConcurrentLinkedQueue<>();
		List<Thread> customers = IntStream.range(0, 8).mapToObj((i) -> new Thread(() -> answers.add(pay(3)))).toList();
		customers.forEach(Thread::start);
		for (Thread customer : customers) {
			customer.join();
		}
		assertThat(answers).hasSize(8).containsOnlyOnce(HttpStatus.CREATED);
		assertThat(tokens(3)).hasSize(1);
	}

	@Test
	void paymentOfAnOrderThatSomebodyElseLocksIsRefusedAfterTheWaitTime() {
		LockKey key = LockKey.of(PaymentService.class.getName(), 4);
		try (Lease lease = this.locks.acquire(LockRequest.of(key).withWaitTime(Duration.ofSeconds(5)))) {
			assertThat(pay(4)).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			assertThat(lease.isValid()).isTrue();
		}
		assertThat(tokens(4)).isEmpty();
		assertThat(pay(4)).isEqualTo(HttpStatus.CREATED);
	}

	@Test
	void paymentWithTheTokenOfAFormerHolderIsRefused() {
		this.jdbc.sql("INSERT INTO distributed_lock_fence (resource, token) VALUES (?, ?)")
			.params(PaymentService.class.getName() + ":5", Long.MAX_VALUE)
			.update();
		assertThat(pay(5)).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(tokens(5)).isEmpty();
	}

	@Test
	void unknownOrderIsNotFound() {
		assertThat(pay(99)).isEqualTo(HttpStatus.NOT_FOUND);
	}

	private HttpStatusCode pay(long order) {
		return this.client.post().uri("/orders/{id}/payments", order).retrieve().toBodilessEntity().getStatusCode();
	}

	private List<Long> tokens(long order) {
		return this.jdbc.sql("SELECT token FROM payments WHERE order_id = ?").param(order).query(Long.class).list();
	}

	private static Redis start() {
		try {
			return Redis.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
