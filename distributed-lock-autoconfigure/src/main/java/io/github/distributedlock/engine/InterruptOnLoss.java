package io.github.distributedlock.engine;

import java.util.function.Consumer;

import io.github.distributedlock.LockLostException;

/**
 * Interrupts the thread that works under a lease when that is lost, but not after the
 * work ended, and takes its own interrupt back.
 */
final class InterruptOnLoss implements Consumer<LockLostException> {

	private final Thread worker = Thread.currentThread();

	private boolean working = true;

	private boolean interrupted;

	@Override
	public synchronized void accept(LockLostException loss) {
		if (this.working) {
			this.interrupted = true;
			this.worker.interrupt();
		}
	}

	/**
	 * Ends the work. Called by the thread that did it.
	 */
	synchronized void end() {
		this.working = false;
		if (this.interrupted) {
			Thread.interrupted();
		}
	}

}
