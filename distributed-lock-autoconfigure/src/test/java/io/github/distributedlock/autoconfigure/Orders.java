package io.github.distributedlock.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.distributedlock.Lease;
import io.github.distributedlock.LockKey;
import io.github.distributedlock.LockNotAcquiredException;
import io.github.distributedlock.LockRegistry;
import io.github.distributedlock.annotation.DistributedLock;
import org.jspecify.annotations.Nullable;

/**
 * Methods under locks of all kinds.
 */
class Orders {

	private final LockRegistry locks;

	Orders(LockRegistry locks) {
		this.locks = locks;
	}

	@DistributedLock(name = "orders", key = "#order.id", waitTime = "50ms")
	public Lease pay(@Nullable Order order) {
		return this.locks.currentLease();
	}

	@DistributedLock("#root.methodName + '-' + #root.targetClass.name + '-' + #root.args[0] + '-' + #root.target.title")
	public Lease root(String text) {
		return this.locks.currentLease();
	}

	public String getTitle() {
		return "the orders";
	}

	@DistributedLock("@tenants.current()")
	public Lease bean() {
		return this.locks.currentLease();
	}

	@DistributedLock("#value")
	public void anything(Object value) {
	}

	@DistributedLock(name = "skipped", onContention = DistributedLock.OnContention.SKIP)
	public @Nullable String skippedText() {
		return "text";
	}

	@DistributedLock(name = "skipped", onContention = DistributedLock.OnContention.SKIP)
	public Optional<String> skippedOptional() {
		return Optional.of("text");
	}

	@DistributedLock(name = "skipped", onContention = DistributedLock.OnContention.SKIP)
	public void skippedNothing() {
		throw new IllegalStateException("not skipped");
	}

	@DistributedLock(name = "failing")
	public void failChecked() throws IOException {
		throw new IOException("checked");
	}

	@DistributedLock(name = "failing", onContention = DistributedLock.OnContention.SKIP)
	public void failContended() {
		throw new LockNotAcquiredException(LockKey.of("other"), Duration.ZERO, null);
	}

	@DistributedLock(lease = "600ms")
	public void lose(LockStore store) {
		store.steal(this.locks.currentLease());
	}

	@DistributedLock
	public void hold(CountDownLatch entered, CountDownLatch leave) {
		entered.countDown();
		try {
			leave.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Order(@Nullable String id) {
	}

}
