package io.github.distributedlock.reliability.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.distributedlock.reliability.history.History;
import io.github.distributedlock.reliability.history.Hold;
import org.jspecify.annotations.Nullable;

/**
 * EX: work that did not run ends with an exception that says why, work that returned
 * after a known loss ends with a loss, and nobody waits for longer than it said.
 */
final class Contract implements Check {

	private static final Set<String> REFUSALS = Set.of("LockNotAcquiredException", "LockUnavailableException",
			"LockInterruptedException", "LockRegistryShutdownException", "LockMisconfiguredException",
			"LockQueueFullException", "InvalidLockKeyException");

	private static final Set<String> ENDS = Set.of("returned", "LockLostException", "LeaseOverException",
			"WorkException");

	/** Two questions, and a machine that is busy. */
	private static final long GRACE = 2_500_000_000L;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		for (Hold hold : history.holds()) {
			String wrong = wrong(history, hold);
			if (wrong != null) {
				violations.add(new Violation("EX", hold.ended(), 0, hold.lock(), hold + " " + wrong));
			}
		}
		return violations;
	}

	private static @Nullable String wrong(History history, Hold hold) {
		if (hold.ended() == Hold.NEVER) {
			return null;
		}
		if (hold.isGranted()) {
			if (!ENDS.contains(hold.outcome())) {
				return "ran and ended with " + hold.outcome();
			}
			return (hold.isKnownLost() && hold.outcome().equals("returned")) ? "returned after a known loss" : null;
		}
		if (!REFUSALS.contains(hold.outcome())) {
			return "did not run and ended with " + hold.outcome();
		}
		long waited = hold.ended() - hold.invoked() - history.paused(hold.process(), hold.invoked(), hold.ended());
		return (waited > hold.waitTime() + GRACE) ? "waited " + waited / 1_000_000 + " ms" : null;
	}

}
