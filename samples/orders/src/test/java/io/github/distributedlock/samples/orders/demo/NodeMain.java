package io.github.distributedlock.samples.orders.demo;

import java.io.IOException;

import io.github.distributedlock.samples.orders.OrdersApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One node of the shop in a process of its own. It says on which port it listens, and
 * ends when its standard input does, hence also when the process that started it dies.
 */
final class NodeMain {

	static final String READY = "The node listens on port ";

	private NodeMain() {
	}

	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(OrdersApplication.class, args)) {
			System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
			System.in.transferTo(System.err);
		}
	}

}
