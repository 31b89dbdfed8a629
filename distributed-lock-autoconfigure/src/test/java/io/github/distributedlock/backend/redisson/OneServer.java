package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.distributedlock.backend.TestNode;
import io.github.distributedlock.test.redis.RedisProcess;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of its own for each test, and nodes that use it.
 */
final class OneServer implements AfterEachCallback {

	private final RedisProcess server = RedisProcess.launch();

	private final List<TestNode> nodes = new ArrayList<>();

	RedisProcess server() {
		return this.server;
	}

	TestNode node(RedissonClientSource source, Duration commandTimeout) {
		TestNode node = new TestNode(new RedissonLockBackend(source, "dl", commandTimeout));
		this.nodes.add(node);
		return node;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.nodes.forEach(TestNode::close);
		this.server.close();
	}

}
