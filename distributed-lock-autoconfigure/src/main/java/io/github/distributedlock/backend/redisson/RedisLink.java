package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.backend.Delivery;
import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.NameMapper;

/**
 * A client that is connected, and what scripts must be told about it.
 *
 * @param client the client
 * @param scripts calls scripts, without repetition
 * @param batches how batches are sent, without repetition either
 * @param names what the client calls a record at the server
 * @param node this node
 * @param channelPrefix what the server's name of a node's channel has before the node
 * @param channelSuffix what it has after the node
 * @param counted whether the number of receivers that the server reports for a message is
 * true
 * @param watch told of each failure
 * @param delivery gives answers that arrived together
 */
record RedisLink(RedissonClient client, RScript scripts, BatchOptions batches, NameMapper names, String node,
		String channelPrefix, String channelSuffix, boolean counted, ServerWatch watch, Delivery delivery) {

	/**
	 * Describes a client.
	 * @param client the client, connected
	 * @param commandTimeout how long a script call may take
	 * @param channel the server's name of a node's channel
	 * @param node that node
	 * @param watch told of each failure
	 * @param delivery gives answers that arrived together
	 * @return the description, or {@code null} if the channel's name hides the node
	 */
	static @Nullable RedisLink of(RedissonClient client, Duration commandTimeout, String channel, String node,
			ServerWatch watch, Delivery delivery) {
		int position = channel.lastIndexOf(node);
		if (position < 0) {
			return null;
		}
		OptionalOptions options = OptionalOptions.defaults()
			.codec(StringCodec.INSTANCE)
			.timeout(commandTimeout)
			.retryAttempts(0);
		BatchOptions batches = BatchOptions.defaults()
			.responseTimeout(commandTimeout.toMillis(), TimeUnit.MILLISECONDS)
			.retryAttempts(0);
		return new RedisLink(client, client.getScript(options), batches, client.getConfig().getNameMapper(), node,
				channel.substring(0, position), channel.substring(position + node.length()),
				client.getConfig().isSingleConfig(), watch, delivery);
	}

	RBatch newBatch() {
		return this.client.createBatch(this.batches);
	}

}
