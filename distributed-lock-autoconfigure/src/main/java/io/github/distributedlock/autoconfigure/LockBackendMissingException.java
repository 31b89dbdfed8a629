package io.github.distributedlock.autoconfigure;

import java.util.Locale;

import io.github.distributedlock.autoconfigure.DistributedLockProperties.Backend;

/**
 * There is no backend for the configured store.
 */
final class LockBackendMissingException extends RuntimeException {

	private final Backend backend;

	LockBackendMissingException(Backend backend) {
		super("There is no LockBackend for distributed-lock.backend=" + value(backend));
		this.backend = backend;
	}

	Backend getBackend() {
		return this.backend;
	}

	static String value(Backend backend) {
		return backend.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
