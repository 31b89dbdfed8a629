package io.github.distributedlock.fleet;

import io.github.distributedlock.fleet.Fleet.Work;
import io.github.distributedlock.test.redis.RedisServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A server of its own for each test, and a node that uses it.
 *
 * @param <S> the kind of server
 */
final class OneNode<S extends RedisServer> implements AfterEachCallback {

	private final S server;

	private final ConfigurableApplicationContext application;

	/**
	 * Starts the node.
	 * @param server what it uses, and what ends with it
	 */
	OneNode(S server) {
		this.server = server;
		this.application = start(server);
	}

	private static ConfigurableApplicationContext start(RedisServer server) {
		try {
			return Fleet.start(server);
		}
		catch (RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	S server() {
		return this.server;
	}

	ConfigurableApplicationContext application() {
		return this.application;
	}

	Work work() {
		return this.application.getBean(Work.class);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.application.close();
		this.server.close();
	}

}
