package io.github.distributedlock.fleet;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.github.distributedlock.fleet.Fleet.Work;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A node that increments: {@code host port ledger threads increments handOff}.
 */
final class IncrementingNode {

	private IncrementingNode() {
	}

	public static void main(String[] arguments) throws Exception {
		int threads = Integer.parseInt(arguments[3]);
		int increments = Integer.parseInt(arguments[4]);
		try (ConfigurableApplicationContext node = Fleet.start(arguments[0], Integer.parseInt(arguments[1]),
				"distributed-lock.hand-off.enabled=" + arguments[5]);
				Ledger ledger = new Ledger(Path.of(arguments[2]), Integer.parseInt(arguments[6]))) {
			Work work = node.getBean(Work.class);
			CountDownLatch done = new CountDownLatch(threads);
			System.out.println("ready");
			System.in.read();
			for (int thread = 0; thread < threads; thread++) {
				new Thread(() -> {
					for (int i = 0; i < increments; i++) {
						work.increment(42, ledger);
					}
					done.countDown();
				}).start();
			}
			done.await();
			System.out.println("done");
		}
	}

}
