package io.github.distributedlock.samples.orders.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.distributedlock.samples.orders.Receipt;
import tools.jackson.databind.json.JsonMapper;

/**
 * Customers who click twice, on any node.
 *
 * @param urls where the nodes are
 */
record Customers(List<String> urls) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Has every node load its classes and open its connections.
	 */
	void warmUp() throws IOException, InterruptedException {
		for (String url : this.urls) {
			for (String path : new String[] { "/orders/0/payments", "/orders/0/unlocked-payments" }) {
				int status = CLIENT.send(request(url + path), HttpResponse.BodyHandlers.ofString()).statusCode();
				if (status != 404) {
					throw new IllegalStateException(url + path + " answered " + status);
				}
			}
		}
	}

	/**
	 * Sends requests for the same orders at the same moment, to one node after the other.
	 * @param orders the numbers of the orders
	 * @param times how often each is to be paid
	 * @param what the last part of the path
	 * @return what became of each, by order and in the order in which they were served
	 */
	List<Visit> pay(List<Long> orders, int times, String what) throws InterruptedException, ExecutionException {
		CyclicBarrier together = new CyclicBarrier(orders.size() * times);
		ExecutorService threads = Executors.newFixedThreadPool(together.getParties());
		try {
			List<Future<Visit>> visits = new ArrayList<>();
			for (int i = 0; i < together.getParties(); i++) {
				String url = this.urls.get(i % this.urls.size()) + "/orders/" + orders.get(i / times) + "/" + what;
				visits.add(threads.submit(() -> {
					together.await();
					return visit(url);
				}));
			}
			List<Visit> answers = new ArrayList<>();
			for (Future<Visit> visit : visits) {
				answers.add(visit.get());
			}
			answers.sort(Comparator.comparing((Visit visit) -> visit.receipt().orderId())
				.thenComparing((visit) -> visit.receipt().begun()));
			return answers;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Visit visit(String url) throws IOException, InterruptedException {
		Instant asked = Instant.now();
		HttpResponse<String> answer = CLIENT.send(request(url), HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() >= 400 && answer.statusCode() != 409) {
			throw new IllegalStateException(url + " answered " + answer.statusCode() + ": " + answer.body());
		}
		return new Visit(asked, JSON.readValue(answer.body(), Receipt.class));
	}

	private static HttpRequest request(String url) {
		return HttpRequest.newBuilder(URI.create(url))
			.timeout(Duration.ofSeconds(30))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
	}

}
