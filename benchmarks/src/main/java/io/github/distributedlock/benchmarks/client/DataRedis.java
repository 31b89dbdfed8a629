package io.github.distributedlock.benchmarks.client;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections of Spring Data Redis, as Spring Boot makes them: one that all share.
 */
final class DataRedis {

	private DataRedis() {
	}

	static LettuceConnectionFactory connect(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", port);
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
