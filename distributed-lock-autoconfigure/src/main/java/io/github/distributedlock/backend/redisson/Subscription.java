package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;

/**
 * A subscription to this node's channel, from the moment it was asked for.
 *
 * @param topic the channel
 * @param listener the identity of the listener, when the server has confirmed it
 */
record Subscription(RTopic topic, CompletableFuture<Integer> listener) {

	private static final Duration SOON = Duration.ofMillis(250);

	private static final Duration LONGEST = Duration.ofSeconds(20);

	static Subscription begin(RedissonClient client, String channel, Consumer<String> messages) {
		RTopic topic = client.getTopic(channel, StringCodec.INSTANCE);
		try {
			return new Subscription(topic,
					topic.addListenerAsync(String.class, (name, message) -> messages.accept(message))
						.toCompletableFuture());
		}
		catch (RedisException ex) {
			return new Subscription(topic, CompletableFuture.failedFuture(ex));
		}
	}

	/**
	 * Returns the server's name of the channel.
	 */
	String channel() {
		return this.topic.getChannelNames().get(0);
	}

	/**
	 * Waits a little, so that the first questions are asked by a node that hears hints.
	 */
	boolean isDecidedSoon() throws InterruptedException {
		try {
			this.listener.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			return true;
		}
	}

	void await() throws InterruptedException, ExecutionException, TimeoutException {
		this.listener.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends it, as soon as it is confirmed.
	 */
	void end() {
		this.listener.thenAccept(this.topic::removeListenerAsync);
	}

}
