package io.github.distributedlock.engine;

import java.util.concurrent.CompletionException;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * What a question that was not answered means.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Returns what really happened. Whatever a store does not explain may have had an
	 * effect, and is no outage: nothing fails open because of a defect.
	 */
	static Throwable of(@Nullable Throwable failure) {
		Throwable cause = failure;
		while (cause instanceof CompletionException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof BackendUnavailableException || cause instanceof BackendMisconfiguredException) {
			return cause;
		}
		return new BackendMisconfiguredException("the store's answer cannot be understood: " + cause, cause);
	}

	static boolean isMisconfigured(Throwable cause) {
		return cause instanceof BackendMisconfiguredException;
	}

	/**
	 * Returns whether the store may have done, or may yet do, what it was asked.
	 */
	static boolean mayHaveHappened(Throwable cause) {
		return !(cause instanceof BackendException known) || known.isOutcomeUnknown();
	}

	static Throwable unanswered(Question question, boolean sent) {
		return silence(question.deadline() - question.askedAt(), sent);
	}

	static Throwable silence(long nanos, boolean sent) {
		return new BackendUnavailableException("the store did not answer within " + nanos / 1_000_000 + " ms", sent,
				null);
	}

	static Throwable notAwaited(BackendUnavailableException refusal, boolean sent) {
		return new BackendUnavailableException(String.valueOf(refusal.getMessage()), sent, refusal);
	}

	static Throwable paused() {
		return new BackendUnavailableException("this node was paused until the lease that it got was over", false,
				null);
	}

	static Throwable tooLate(Question question) {
		return new BackendUnavailableException(
				"the store answered after the lease of " + (question.lease() / 1_000_000) + " ms was over", false,
				null);
	}

	static Throwable oldToken(long token, long last) {
		return new BackendMisconfiguredException("the store gave the fencing token " + token + " after " + last
				+ ": its records were lost and its clock is behind, or two stores answer. Check which servers keep"
				+ " the locks, and their clocks", null);
	}

}
