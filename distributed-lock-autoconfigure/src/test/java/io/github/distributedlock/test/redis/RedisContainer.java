package io.github.distributedlock.test.redis;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Redis server in a container.
 */
final class RedisContainer extends RedisServer {

	private static final int PORT = 6379;

	private final GenericContainer<?> container;

	RedisContainer() {
		String image = System.getProperty(IMAGE_PROPERTY, "redis:8-alpine");
		this.container = new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(PORT);
		this.container.start();
		if (MinimalRights.apply()) {
			MinimalRights.grant(host(), port(), null);
		}
	}

	static boolean isAvailable() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@Override
	public String host() {
		return this.container.getHost();
	}

	@Override
	public int port() {
		return this.container.getMappedPort(PORT);
	}

	@Override
	public void close() {
		this.container.stop();
	}

	@Override
	public String toString() {
		return "container of " + this.container.getDockerImageName() + ", port " + port();
	}

}
