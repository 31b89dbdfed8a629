package io.github.distributedlock.autoconfigure.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.distributedlock.annotation.DistributedLock;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A web application whose controllers are locked, with a real server before and behind
 * it.
 */
class LockStatusIntegrationTests {

	private final RedisProcess redis = RedisProcess.launch();

	private final ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
		.web(WebApplicationType.SERVLET)
		.registerShutdownHook(false)
		.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
				"logging.level.root=warn", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + this.redis.port(), "distributed-lock.max-waiters-per-key=1")
		.run();

	private final HttpClient browser = HttpClient.newHttpClient();

	@AfterEach
	void stop() {
		this.application.close();
		this.redis.close();
	}

	@Test
	void storeThatIsOutIsServiceUnavailable() throws Exception {
		assertThat(get("/orders/1").statusCode()).isEqualTo(200);
		this.redis.stop();
		HttpResponse<String> answer = get("/orders/1");
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("\"error\":\"Service Unavailable\"").doesNotContain("orders:1");
	}

	@Test
	void fullQueueIsServiceUnavailableAndThoseThatWaitAreServed() throws Exception {
		Orders orders = this.application.getBean(Orders.class);
		CompletableFuture<HttpResponse<String>> holding = getLater("/slow/1");
		orders.held().await();
		CompletableFuture<HttpResponse<String>> first = getLater("/slow/1");
		CompletableFuture<HttpResponse<String>> second = getLater("/slow/1");
		HttpResponse<String> refused = first.applyToEither(second, (answer) -> answer).join();
		assertThat(refused.statusCode()).isEqualTo(503);
		orders.release().countDown();
		assertThat(holding.join().statusCode()).isEqualTo(200);
		assertThat(first.join().statusCode() + second.join().statusCode()).isEqualTo(503 + 200);
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.browser.send(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private CompletableFuture<HttpResponse<String>> getLater(String path) {
		return this.browser.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path) {
		String port = this.application.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, RedissonAutoConfigurationV4.class })
	static class Application {

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	@RestController
	static class Orders {

		private final CountDownLatch held = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		public CountDownLatch held() {
			return this.held;
		}

		public CountDownLatch release() {
			return this.release;
		}

		@GetMapping("/orders/{id}")
		@DistributedLock(name = "orders", key = "#id")
		public String order(@PathVariable("id") int id) {
			return "order " + id;
		}

		@GetMapping("/slow/{id}")
		@DistributedLock(name = "slow", key = "#id")
		public String slow(@PathVariable("id") int id) throws InterruptedException {
			this.held.countDown();
			this.release.await();
			return "order " + id;
		}

	}

}
