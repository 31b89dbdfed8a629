package io.github.distributedlock.reliability.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.distributedlock.Lease;
import io.github.distributedlock.reliability.history.Event;
import io.github.distributedlock.reliability.history.EventLog;
import io.github.distributedlock.reliability.history.Kind;
import io.github.distributedlock.reliability.node.Plan.Extra;
import io.github.distributedlock.reliability.resource.ResourceClient;

/**
 * One call of a locked method, and everything that its caller sees.
 */
final class Caller {

	private static final String EMPTY = "empty";

	private static final long ASKS_EACH = 20;

	private final Subject subject;

	private final Plan plan;

	private final String hold;

	private final EventLog log;

	private final ResourceClient resource;

	private final Consumer<Event> echo;

	private final CountDownLatch end = new CountDownLatch(1);

	Caller(Subject subject, Plan plan, String hold, EventLog log, ResourceClient resource, Consumer<Event> echo) {
		this.subject = subject;
		this.plan = plan;
		this.hold = hold;
		this.log = log;
		this.resource = resource;
		this.echo = echo;
	}

	/**
	 * Ends the work before its time.
	 */
	void end() {
		this.end.countDown();
	}

	String lock() {
		return this.plan.lock();
	}

	void call() {
		add(System.nanoTime(), Kind.INVOKED, Subject.LEASE.toNanos(), this.plan.mode().waitTime().toNanos(),
				this.plan.mode() + " " + this.plan.extras());
		String outcome;
		try {
			run();
			outcome = "returned";
		}
		catch (Throwable ex) {
			outcome = (ex instanceof WorkException || ex instanceof WorkError) ? "WorkException"
					: ex.getClass().getSimpleName();
		}
		add(System.nanoTime(), Kind.ENDED, 0, 0, outcome);
	}

	private void run() throws Exception {
		if (!this.plan.has(Extra.POOLED)) {
			this.subject.run((this.plan.lock().startsWith(EMPTY)) ? "" : this.plan.lock(), this.plan.mode(),
					this::work);
			return;
		}
		try (Lease lease = this.subject.open(this.plan.lock(), this.plan.mode())) {
			long now = System.nanoTime();
			add(now, Kind.GRANTED, lease.fencingToken().orElse(0), deadline(now, lease), "protected");
			new Caller(this.subject, Plan.of(this.plan.lock(), Mode.HASTY, 0), this.hold + "b", this.log, this.resource,
					this.echo)
				.call();
			if (!ask(lease, Kind.RELEASING, 0)) {
				throw new LeaseOverException();
			}
		}
	}

	private void work(Lease lease) throws Exception {
		long now = System.nanoTime();
		long token = lease.fencingToken().orElse(0);
		add(now, Kind.GRANTED, token, deadline(now, lease), (lease.isProtected()) ? "protected" : "unprotected");
		listen(lease);
		String read = (this.plan.has(Extra.WRITE)) ? this.resource.read(this.plan.lock(), this.hold, token) : "";
		if (this.plan.has(Extra.REENTER)) {
			this.subject.run(this.plan.lock(), this.plan.mode(),
					(inner) -> add(System.nanoTime(), Kind.REENTERED, inner.fencingToken().orElse(0), 0, ""));
		}
		try {
			spend(lease);
		}
		finally {
			boolean refused = this.plan.has(Extra.WRITE)
					&& !this.resource.write(this.plan.lock(), this.hold, token, read);
			ask(lease, Kind.RELEASING, (refused) ? 1 : 0);
		}
		if (this.plan.has(Extra.EXIT)) {
			System.exit(0);
		}
		if (this.plan.has(Extra.INTERRUPT_ITSELF)) {
			Thread.currentThread().interrupt();
		}
		if (this.plan.has(Extra.THROW)) {
			throw new WorkException();
		}
		if (this.plan.has(Extra.ERROR)) {
			throw new WorkError();
		}
	}

	private void listen(Lease lease) {
		if (this.plan.has(Extra.BAD_LISTENERS)) {
			lease.onLost((loss) -> {
				throw new IllegalStateException("A listener of the test fails");
			});
			lease.onLost((loss) -> awaitForEver());
		}
		if (this.plan.millis() > 0) {
			lease.onLost((loss) -> add(System.nanoTime(), Kind.TOLD, 0, 0, String.valueOf(loss.getMessage())));
		}
	}

	private static void awaitForEver() {
		try {
			new CountDownLatch(1).await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void spend(Lease lease) {
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.plan.millis());
		boolean valid = true;
		long asks = (this.plan.has(Extra.QUIET)) ? this.plan.millis() : ASKS_EACH;
		try {
			while ((valid || this.plan.has(Extra.STUBBORN)) && System.nanoTime() < until
					&& !this.end.await(Math.min(asks, this.plan.millis()), TimeUnit.MILLISECONDS)) {
				valid = ask(lease, Kind.CHECKED, 0);
			}
		}
		catch (InterruptedException ex) {
			// The work ends.
		}
	}

	private boolean ask(Lease lease, Kind kind, long number) {
		long now = System.nanoTime();
		boolean valid = lease.isValid();
		add(now, kind, number, (valid) ? deadline(now, lease) : 0, (valid) ? "valid" : "invalid");
		return valid;
	}

	private static long deadline(long now, Lease lease) {
		return now + lease.remaining().toNanos();
	}

	private void add(long at, Kind kind, long number, long moment, String text) {
		this.echo.accept(this.log.add(at, kind, this.plan.lock(), this.hold, number, moment, text));
	}

	/**
	 * What the work throws.
	 */
	static final class WorkException extends Exception {

		private static final long serialVersionUID = 1L;

	}

	/**
	 * Whoever holds a lease without a method around it asks whether it is still valid,
	 * and says so if it is not.
	 */
	static final class LeaseOverException extends Exception {

		private static final long serialVersionUID = 1L;

	}

	/**
	 * What the work throws, if it is worse.
	 */
	static final class WorkError extends StackOverflowError {

		private static final long serialVersionUID = 1L;

	}

}
