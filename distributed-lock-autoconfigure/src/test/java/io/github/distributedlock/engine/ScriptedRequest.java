package io.github.distributedlock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renew;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Tokens;

/**
 * A request to a {@link ScriptedStore} that waits for the test's answer.
 */
abstract class ScriptedRequest<T> {

	private final Answer<T> answer = new Answer<>();

	CompletableFuture<T> future() {
		return this.answer;
	}

	void unavailable(boolean outcomeUnknown) {
		fail(new BackendUnavailableException("the connection broke", outcomeUnknown, null));
	}

	void refused() {
		fail(new BackendMisconfiguredException("the user has no rights", null));
	}

	void fail(RuntimeException failure) {
		this.answer.completeExceptionally(failure);
	}

	boolean isDropped() {
		return this.answer.dropped;
	}

	void answer(T value) {
		this.answer.complete(value);
	}

	static final class AcquireRequest extends ScriptedRequest<Attempt> {

		private final ScriptedStore store;

		private final LockKey key;

		final String owner;

		final Duration lease;

		final int tokens;

		final boolean interested;

		AcquireRequest(ScriptedStore store, LockKey key, String owner, Duration lease, int tokens, boolean interested) {
			this.store = store;
			this.key = key;
			this.owner = owner;
			this.lease = lease;
			this.tokens = tokens;
			this.interested = interested;
		}

		String grant() {
			return grant(0);
		}

		String grant(int waitingNodes) {
			return grant(this.tokens, waitingNodes);
		}

		String grant(int count, int waitingNodes) {
			return grant(this.store.reserve(count), waitingNodes);
		}

		String grant(Tokens reserved, int waitingNodes) {
			answer(new Attempt.Granted(new Grant(this.key, this.owner, reserved, waitingNodes)));
			return this.owner;
		}

		void contended() {
			contended("there#1");
		}

		void contended(String holder) {
			answer(new Attempt.Contended(Duration.ofSeconds(30), holder));
		}

		void contended(Duration retryAfter) {
			answer(new Attempt.Contended(retryAfter, "there#1"));
		}

	}

	static final class RenewRequest extends ScriptedRequest<Renewal> {

		private final ScriptedStore store;

		final String owner;

		final Duration lease;

		final int moreTokens;

		final boolean counting;

		RenewRequest(ScriptedStore store, Renew renew) {
			this.store = store;
			this.owner = renew.owner();
			this.lease = renew.lease();
			this.moreTokens = renew.moreTokens();
			this.counting = renew.counting();
		}

		void renewed() {
			renewed(0);
		}

		void renewed(int waitingNodes) {
			answer(new Renewal.Renewed(this.store.reserve(this.moreTokens), waitingNodes));
		}

		void renewedWithoutCounting() {
			answer(new Renewal.Renewed(this.store.reserve(this.moreTokens), null));
		}

		void renewed(Tokens reserved) {
			answer(new Renewal.Renewed(reserved, 0));
		}

		void lost() {
			answer(new Renewal.Lost());
		}

	}

	static final class ReleaseRequest extends ScriptedRequest<Release> {

		final String owner;

		final boolean rejoin;

		ReleaseRequest(String owner, boolean rejoin) {
			this.owner = owner;
			this.rejoin = rejoin;
		}

		void released() {
			answer(Release.RELEASED);
		}

		void notHeld() {
			answer(Release.NOT_HELD);
		}

	}

	static final class WithdrawRequest extends ScriptedRequest<Void> {

		void done() {
			answer(null);
		}

	}

	private static final class Answer<T> extends CompletableFuture<T> {

		private volatile boolean dropped;

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			this.dropped = true;
			return false;
		}

	}

}
