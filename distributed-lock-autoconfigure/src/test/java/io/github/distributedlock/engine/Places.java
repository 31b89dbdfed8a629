package io.github.distributedlock.engine;

import java.util.concurrent.Semaphore;

/**
 * The places of a vigil. Counts who asks for one, and who leaves it.
 */
final class Places extends Semaphore {

	private static final long serialVersionUID = 1L;

	private volatile int asked;

	private volatile int left;

	Places(int permits) {
		super(permits);
	}

	@Override
	public boolean tryAcquire() {
		this.asked++;
		return super.tryAcquire();
	}

	@Override
	public void release() {
		super.release();
		this.left++;
	}

	int asked() {
		return this.asked;
	}

	int left() {
		return this.left;
	}

}
