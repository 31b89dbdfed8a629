package io.github.distributedlock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.engine.Agenda.Look;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Does what time demands of a node's queues: renews what is held, gives up questions that
 * stay unanswered, asks again, and notices what is lost. Runs on one thread, and never
 * anything of a user's.
 * <p>
 * A renewal counts from the moment before it was sent. One that fails is repeated until
 * the lease's deadline, and neither stops nor delays those of other keys.
 */
final class LeaseKeeper {

	private static final Log logger = LogFactory.getLog(LeaseKeeper.class);

	private static final int BATCH = 250;

	/** What clocks drift and round between two looks is less. */
	private static final long NAP = 50_000_000L;

	private final Engine engine;

	private long ahead;

	LeaseKeeper(Engine engine) {
		this.engine = engine;
		this.ahead = engine.machineTime().ahead(engine.ticker().nanos());
	}

	/**
	 * Does everything that is due.
	 * @return when the next thing is due, at the earliest
	 */
	long pass() {
		long now = this.engine.ticker().nanos();
		lookForSleep(now);
		Agenda agenda = this.engine.agenda();
		List<RenewalAttempt> due = new ArrayList<>();
		agenda.update();
		for (Look look = agenda.poll(now); look != null; look = agenda.poll(now)) {
			look(look.queue(), look.at(), due);
		}
		renew(due);
		long next = Math.min(agenda.update(), this.engine.backend().pass(now));
		return Math.min(next, this.engine.compensations().pass(now));
	}

	/**
	 * Leases that a sleep of the machine put in doubt are asked about at once.
	 */
	private void lookForSleep(long now) {
		long ahead = this.engine.machineTime().ahead(now);
		if (ahead - this.ahead >= NAP) {
			this.engine.queues().forEach(KeyQueue::slept);
		}
		this.ahead = ahead;
	}

	private void look(KeyQueue queue, long at, List<RenewalAttempt> due) {
		try {
			RenewalAttempt attempt = queue.onDue(at);
			if (attempt != null) {
				due.add(attempt);
			}
		}
		catch (RuntimeException ex) {
			logger.error("Lock '" + queue.key() + "' was not looked after", ex);
		}
		if (due.size() == BATCH) {
			renew(due);
		}
	}

	private void renew(List<RenewalAttempt> due) {
		if (due.isEmpty()) {
			return;
		}
		long sentAt = this.engine.ticker().nanos();
		List<CompletableFuture<Renewal>> answers = ask(due);
		for (int i = 0; i < answers.size(); i++) {
			RenewalAttempt attempt = due.get(i);
			CompletableFuture<Renewal> answer = answers.get(i);
			attempt.queue().renewalSent(attempt, sentAt, answer);
			answer.whenComplete((renewal, failure) -> attempt.queue().renewed(attempt, renewal, failure));
		}
		due.clear();
	}

	private List<CompletableFuture<Renewal>> ask(List<RenewalAttempt> due) {
		List<Renew> renewals = due.stream().map(RenewalAttempt::renew).toList();
		try {
			return this.engine.backend().renew(renewals);
		}
		catch (RuntimeException | Error ex) {
			return renewals.stream().map((renew) -> CompletableFuture.<Renewal>failedFuture(ex)).toList();
		}
	}

}
