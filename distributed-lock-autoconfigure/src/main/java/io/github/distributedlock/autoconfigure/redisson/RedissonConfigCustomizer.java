package io.github.distributedlock.autoconfigure.redisson;

import org.redisson.config.Config;

/**
 * Changes the configuration of the Redisson client that is built for the locks. Beans of
 * this type are applied in order, last of all. They do not touch a client that the
 * application has built.
 */
@FunctionalInterface
public interface RedissonConfigCustomizer {

	/**
	 * Changes the configuration. Called before each attempt to connect, on a background
	 * thread.
	 * @param config the configuration, complete but for this
	 */
	void customize(Config config);

}
