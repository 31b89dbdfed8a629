package io.github.distributedlock.engine;

import java.time.Duration;

import io.github.distributedlock.backend.Renew;
import org.jspecify.annotations.Nullable;

/**
 * When a held grant is renewed, and the renewal that is under way. Guarded by the queue's
 * lock.
 */
final class RenewalPlan {

	private static final int FEWEST_MOMENTS = 5;

	private static final int MOST_MOMENTS = 80;

	private static final int KEYS_FOR_FEWEST_MOMENTS = 10_000;

	private long renewAt = Ticker.NEVER;

	private int failures;

	private long doubtedAt = -Ticker.NEVER / 2;

	private boolean spread;

	private @Nullable RenewalAttempt attempt;

	/**
	 * Plans the next renewal for the holder: a loss is known within a third of its lease.
	 * The moments of all leases of one length are the same few in each interval, so that
	 * those of many leases leave together: a store that has slept since the last renewal
	 * answers the first ones of a burst at twice the cost of the others. The first
	 * renewals of leases that were acquired together are spread over all moments but the
	 * next one, and later ones stay so.
	 */
	void plan(LocalLease lease, long confirmedAt, Engine engine) {
		if (lease.isRenewed() && this.failures > 0 && this.renewAt != Ticker.NEVER) {
			return;
		}
		int moments = moments(engine.keys());
		long step = lease.length() / 3 / moments;
		long latest = confirmedAt + lease.length() / 3;
		long early = this.spread ? 0 : engine.jitter().upTo(moments - 2);
		this.renewAt = lease.isRenewed() ? latest - Math.floorMod(latest, step) - early * step : Ticker.NEVER;
	}

	/**
	 * At how many moments of an interval leases are renewed: five below 20,000 keys, and
	 * twice as many each time that the keys double from there, up to eighty, so that
	 * nothing waits long for what is due at the same moment. Each moment stays one when
	 * others come in between.
	 */
	private static int moments(int keys) {
		int times = Integer.highestOneBit(Math.max(1, keys / KEYS_FOR_FEWEST_MOMENTS));
		return Math.min(MOST_MOMENTS, FEWEST_MOMENTS * times);
	}

	/**
	 * A renewal succeeded.
	 * @param lease the holder's, or {@code null} while the grant is between two holders
	 */
	void confirmed(@Nullable LocalLease lease, long confirmedAt, Engine engine) {
		this.spread = this.failures == 0;
		this.failures = 0;
		if (lease != null) {
			plan(lease, confirmedAt, engine);
		}
	}

	/**
	 * Plans another renewal soon after one that failed, later each time, up to a sixth of
	 * the lease.
	 */
	void again(LocalLease lease, long now, Jitter jitter) {
		long pause = Math.min(lease.length() / 6, (lease.length() / 60) << Math.min(this.failures++, 8));
		this.renewAt = lease.isRenewed() ? now + pause - jitter.upTo(pause / 4) : Ticker.NEVER;
	}

	/**
	 * Plans a renewal for now, because only the store knows whether the grant still is
	 * one. Another one for the same reason comes soon, but not at once.
	 */
	void hasten(LocalLease lease, long now) {
		if (now - this.doubtedAt >= lease.length() / 60) {
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
	 * @param counting whether it asks how many other nodes wait
	 */
	@Nullable RenewalAttempt collect(KeyQueue queue, LocalLease lease, boolean counting, Effects effects) {
		HeldGrant grant = lease.grant();
		Engine engine = queue.engine();
		long now = queue.moment();
		RenewalAttempt late = this.attempt;
		if (late != null && now >= late.deadline()) {
			effects.then(late::drop);
			this.attempt = null;
			again(lease, now, engine.jitter());
		}
		if (this.attempt != null || now < this.renewAt) {
			return null;
		}
		grant.mayLast(lease.length());
		Renew renew = new Renew(queue.key(), grant.owner(), Duration.ofNanos(lease.length()), 0, counting);
		long deadline = now + Math.min(engine.commandTimeout(), lease.length() / 6);
		this.attempt = new RenewalAttempt(queue, grant, renew, deadline);
		this.attempt.ahead(engine.machineTime().ahead(now));
		return this.attempt;
	}

	boolean isUnderWay() {
		return this.attempt != null;
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
