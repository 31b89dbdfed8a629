package io.github.distributedlock.fleet;

import java.util.concurrent.CountDownLatch;

import io.github.distributedlock.fleet.Fleet.Work;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A node whose locked method runs until a line is read: {@code host port}. A signal to
 * end makes it shut down as an application does.
 */
final class HoldingNode {

	private HoldingNode() {
	}

	public static void main(String[] arguments) throws Exception {
		ConfigurableApplicationContext node = Fleet.start(arguments[0], Integer.parseInt(arguments[1]));
		CountDownLatch ended = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			System.out.println("closing");
			node.close();
			System.out.println("closed");
		}));
		node.getBean(Work.class).renewed(42, () -> {
			System.out.println("held");
			return System.in.read();
		});
		System.out.println("ended " + System.currentTimeMillis());
		ended.await();
	}

}
