package io.github.distributedlock.benchmarks.fork;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A task on a thread of this JVM: to see that it works, not how fast it is.
 */
final class LocalThread implements Fork {

	private static final long TIMEOUT = 60;

	private final Semaphore steps = new Semaphore(0);

	private final Semaphore goes = new Semaphore(0);

	private final FutureTask<Outcome> task;

	private final Thread thread;

	LocalThread(Task task) {
		this.task = new FutureTask<>(() -> task.run(new Signal() {

			@Override
			public void ready() throws InterruptedException {
				step();
			}

			@Override
			public void measured() throws InterruptedException {
				step();
			}

		}));
		this.thread = new Thread(this.task, "task");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void step() throws InterruptedException {
		this.steps.release();
		this.goes.acquire();
	}

	@Override
	public void awaitReady() throws Exception {
		await();
	}

	@Override
	public void awaitMeasured() throws Exception {
		await();
	}

	private void await() throws Exception {
		long start = System.nanoTime();
		while (!this.steps.tryAcquire(10, TimeUnit.MILLISECONDS)) {
			if (this.task.isDone()) {
				this.task.get();
			}
			if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(TIMEOUT)) {
				throw new IllegalStateException("The task is not done within " + TIMEOUT + " s");
			}
		}
	}

	@Override
	public void go() {
		this.goes.release();
	}

	@Override
	public Outcome outcome() throws InterruptedException, ExecutionException {
		return this.task.get();
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
