package io.github.distributedlock.backend.redisson;

import java.util.function.Supplier;

import org.redisson.api.RedissonClient;

/**
 * Where the client comes from, and whether it is ours to shut down.
 */
public final class RedissonClientSource {

	private final Supplier<RedissonClient> supplier;

	private final boolean owned;

	private RedissonClientSource(Supplier<RedissonClient> supplier, boolean owned) {
		this.supplier = supplier;
		this.owned = owned;
	}

	/**
	 * Returns the source of a client that belongs to the application. It is never shut
	 * down.
	 * @param supplier gives the client; called on a thread of the backend, again after it
	 * failed
	 * @return the source
	 */
	public static RedissonClientSource existing(Supplier<RedissonClient> supplier) {
		return new RedissonClientSource(supplier, false);
	}

	/**
	 * Returns the source of a client that is made for the backend, and shut down with it.
	 * @param supplier builds and connects the client; called on a thread of the backend,
	 * again after it failed
	 * @return the source
	 */
	public static RedissonClientSource owned(Supplier<RedissonClient> supplier) {
		return new RedissonClientSource(supplier, true);
	}

	RedissonClient open() {
		RedissonClient client = this.supplier.get();
		if (client == null) {
			throw new IllegalStateException("The supplier of the RedissonClient returned null");
		}
		return client;
	}

	boolean isOwned() {
		return this.owned;
	}

}
