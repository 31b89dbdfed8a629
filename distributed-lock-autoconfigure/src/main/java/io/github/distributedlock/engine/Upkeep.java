package io.github.distributedlock.engine;

import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Renewal.Renewed;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a queue holds, and notices when it is lost. Guarded by the lock of the
 * {@link KeyQueue}.
 */
final class Upkeep {

	private static final Log logger = LogFactory.getLog(Upkeep.class);

	private final KeyQueue queue;

	private final Engine engine;

	private final KeyState state;

	private final Inquiry inquiry;

	private final Turns turns;

	private final Holding holding;

	Upkeep(KeyQueue queue, Engine engine, KeyState state, Inquiry inquiry, Turns turns, Holding holding) {
		this.queue = queue;
		this.engine = engine;
		this.state = state;
		this.inquiry = inquiry;
		this.turns = turns;
		this.holding = holding;
	}

	/**
	 * Decides about a lease whose deadline seems to have passed.
	 * @return whether it is still valid
	 */
	boolean checkDeadline(LocalLease lease, Effects effects) {
		return this.holding.grantOf(lease) != null && !loseIfOver(lease, effects);
	}

	/**
	 * Ends the holder's lease if its deadline has passed. What is lost is never taken
	 * back, whatever the store may still answer.
	 */
	boolean loseIfOver(LocalLease lease, Effects effects) {
		HeldGrant held = this.holding.grantOf(lease);
		if (held == null || this.queue.moment() < lease.deadline()) {
			return false;
		}
		this.queue.compensate(held.owner(), held.longestLease());
		lose(lease, lease.reasonAtDeadline(), effects);
		return true;
	}

	/**
	 * The holder no longer has the lock, and its owner id is dead. Whoever waits asks the
	 * store again.
	 */
	private void lose(LocalLease lease, String reason, Effects effects) {
		this.holding.clear();
		effects.then(lease.lost(reason));
		this.state.proceed(effects);
	}

	/**
	 * Has the store asked about a lease that is in doubt, because this machine slept.
	 * @return completed when it was asked, or {@code null} if the lease is over
	 */
	@Nullable CompletableFuture<Void> doubt(LocalLease lease, Effects effects) {
		HeldGrant held = this.holding.grantOf(lease);
		if (held == null || loseIfOver(lease, effects)) {
			return null;
		}
		held.renewals().hasten(lease, this.queue.moment());
		return held.doubt();
	}

	/**
	 * This machine may have slept.
	 */
	void slept(Effects effects) {
		LocalLease lease = this.holding.lease();
		if (lease != null && lease.isInDoubt(this.queue.moment())) {
			doubt(lease, effects);
		}
	}

	/**
	 * Returns the renewal that is due, if one is. How many other nodes wait matters only
	 * if somebody here waits, too, or was served before them, or if a slice has begun
	 * that could end.
	 */
	@Nullable RenewalAttempt onDue(Effects effects) {
		HeldGrant held = this.holding.grant();
		LocalLease lease = this.holding.lease();
		if (held == null || lease == null || loseIfOver(lease, effects) || !held.isGuarded()) {
			return null;
		}
		boolean counting = held.isWanted() || held.isPassedOn() || !this.turns.isEmpty();
		return held.renewals().collect(this.queue, lease, counting, effects);
	}

	/**
	 * A renewal is on its way; a release that waited for that may follow it.
	 */
	void renewalSent(RenewalAttempt attempt, long sentAt, CompletableFuture<Renewal> answer, Effects effects) {
		attempt.sent(sentAt, answer);
		this.inquiry.releaseAfter(attempt.grant(), effects);
	}

	void renewed(RenewalAttempt attempt, @Nullable Renewal renewal, @Nullable Throwable failure, Effects effects) {
		HeldGrant held = attempt.grant();
		LocalLease lease = this.holding.lease();
		if (this.holding.grant() != held || !held.renewals().end(attempt)
				|| (lease != null && loseIfOver(lease, effects))) {
			return;
		}
		held.asked(effects);
		if (renewal instanceof Renewed renewed) {
			held.confirm(attempt.sentAt(), attempt.renew().lease().toNanos(), attempt.ahead());
			held.heard(renewed.waitingNodes(), this.queue.moment(), this.engine.slice());
			held.renewals().confirmed(lease, held.confirmedAt(), this.engine);
		}
		else if (renewal != null && lease != null) {
			lose(lease, "its record in the store is gone, or another owner's", effects);
		}
		else if (renewal != null) {
			held.lose();
		}
		else if (lease != null) {
			held.renewals().again(lease, this.queue.moment(), this.engine.jitter());
			effects.then(() -> logger.debug("Lock '" + this.queue.key() + "' was not renewed", Failures.of(failure)));
		}
	}

	long due() {
		HeldGrant held = this.holding.grant();
		LocalLease lease = this.holding.lease();
		if (held == null || lease == null || !held.isGuarded()) {
			return Ticker.NEVER;
		}
		return Math.min(lease.deadline(), held.renewals().due());
	}

}
