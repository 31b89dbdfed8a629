package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Renew;
import org.jspecify.annotations.Nullable;

/**
 * When a held grant is renewed, and the renewal that is under way. Guarded by the queue's
 * lock.
 */
final class RenewalPlan {

	private long renewAt = Ticker.NEVER;

	private int failures;

	private long doubtedAt = -Ticker.NEVER / 2;

	private boolean spread;

	private @Nullable RenewalAttempt attempt;

	/**
	 * Plans the next renewal for the holder: a loss is known within a third of its lease.
	 * The first renewals of leases that were acquired together are spread over half of
	 * that time, and later ones stay so.
	 */
	void plan(Terms terms, long confirmedAt, Jitter jitter) {
		if (terms.renew() && this.failures > 0 && this.renewAt != Ticker.NEVER) {
			return;
		}
		long interval = terms.lease() * 3 / 10;
		this.renewAt = terms.renew() ? confirmedAt + interval - jitter.upTo(interval / (this.spread ? 10 : 2))
				: Ticker.NEVER;
	}

	/**
	 * A renewal succeeded.
	 * @param terms the holder's, or {@code null} while the grant is between two holders
	 */
	void confirmed(@Nullable Terms terms, long confirmedAt, Jitter jitter) {
		this.failures = 0;
		this.spread = true;
		if (terms != null) {
			plan(terms, confirmedAt, jitter);
		}
	}

	/**
	 * Plans another renewal soon after one that failed, later each time, up to a sixth of
	 * the lease.
	 */
	void again(Terms terms, long now, Jitter jitter) {
		long pause = Math.min(terms.lease() / 6, (terms.lease() / 60) << Math.min(this.failures++, 8));
		this.renewAt = terms.renew() ? now + pause - jitter.upTo(pause / 4) : Ticker.NEVER;
	}

	/**
	 * Plans a renewal for now, because only the store knows whether the grant still is
	 * one. Another one for the same reason comes soon, but not at once.
	 */
	void hasten(Terms terms, long now) {
		if (now - this.doubtedAt >= terms.lease() / 60) {
			this.doubtedAt = now;
			this.renewAt = now;
		}
	}

	long due() {
		return (this.attempt != null) ? this.attempt.deadline() : this.renewAt;
	}

	/**
	 * Returns the renewal that is due now. One that is under way and too late is dropped;
	 * its answer changes nothing any more.
	 */
	@Nullable RenewalAttempt collect(KeyQueue queue, HeldGrant grant, Terms terms, long now, Engine engine, Effects effects) {
		RenewalAttempt late = this.attempt;
		if (late != null && now >= late.deadline()) {
			effects.then(late::drop);
			this.attempt = null;
			again(terms, now, engine.jitter());
		}
		if (this.attempt != null || now < this.renewAt) {
			return null;
		}
		grant.mayLast(terms.lease());
		LockKey key = terms.key();
		Renew renew = new Renew(key, grant.owner(), Duration.ofNanos(terms.lease()), 0);
		long deadline = now + Math.min(engine.commandTimeout(), terms.lease() / 6);
		this.attempt = new RenewalAttempt(queue, grant, renew, deadline);
		this.attempt.ahead(engine.machineTime().ahead(now));
		return this.attempt;
	}

	/**
	 * Whether a renewal was collected that is not yet on its way: a release must not
	 * overtake it.
	 */
	boolean isUnsent() {
		return this.attempt != null && !this.attempt.isSent();
	}

	/**
	 * Drops the renewal that is under way: what the store's client has not sent yet must
	 * not follow the release.
	 */
	void drop(Effects effects) {
		RenewalAttempt current = this.attempt;
		if (current != null) {
			effects.then(current::drop);
		}
	}

	/**
	 * Ends an attempt.
	 * @return {@code false} if it was dropped before
	 */
	boolean end(RenewalAttempt attempt) {
		if (this.attempt != attempt) {
			return false;
		}
		this.attempt = null;
		return true;
	}

}
