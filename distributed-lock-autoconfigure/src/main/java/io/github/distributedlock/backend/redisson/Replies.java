package io.github.distributedlock.backend.redisson;

import java.time.Duration;
import java.util.List;

import io.github.distributedlock.LockKey;
import io.github.distributedlock.backend.Attempt;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.Grant;
import io.github.distributedlock.backend.Release;
import io.github.distributedlock.backend.Renewal;
import io.github.distributedlock.backend.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scripts' replies. One that is not exactly what the script says is a
 * misconfigured store, never a grant.
 */
final class Replies {

	/**
	 * A waiting node asks again at least this often, because hints may be lost.
	 */
	static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

	private static final long LARGEST_TOKEN = 1L << 53;

	private Replies() {
	}

	static Attempt attempt(List<?> reply, LockKey key, String owner, int tokens) {
		if (number(reply, 0, 0, 1) == 1) {
			return new Attempt.Granted(
					new Grant(key, owner, tokens(reply, 1, tokens), (int) number(reply, 3, 0, Integer.MAX_VALUE)));
		}
		long left = number(reply, 1, -1, Long.MAX_VALUE - 1);
		Duration retryAfter = (left < 0 || left >= LONGEST_RETRY.toMillis()) ? LONGEST_RETRY
				: Duration.ofMillis(left + 1);
		return new Attempt.Contended(retryAfter, holder(reply));
	}

	static Renewal renewal(List<?> reply, int moreTokens) {
		if (number(reply, 0, 0, 1) == 0) {
			return new Renewal.Lost();
		}
		return new Renewal.Renewed(tokens(reply, 0, moreTokens), (int) number(reply, 3, 0, Integer.MAX_VALUE));
	}

	static Release release(List<?> reply) {
		return (number(reply, 0, 0, 1) == 1) ? Release.RELEASED : Release.NOT_HELD;
	}

	static @Nullable Void withdrawal(List<?> reply) {
		number(reply, 0, 1, 1);
		return null;
	}

	private static Tokens tokens(List<?> reply, int fewest, int most) {
		int count = (int) number(reply, 2, fewest, most);
		if (count == 0) {
			number(reply, 1, 0, 0);
			return Tokens.NONE;
		}
		return new Tokens(number(reply, 1, 1, LARGEST_TOKEN - count + 1), count);
	}

	private static @Nullable String holder(List<?> reply) {
		if (reply.size() > 2 && reply.get(2) instanceof String text) {
			return (text.startsWith("h:") || text.startsWith("r:")) ? text.substring(2) : null;
		}
		throw rogue(reply);
	}

	private static long number(List<?> reply, int index, long from, long to) {
		if (index < reply.size() && reply.get(index) instanceof Long number && number >= from && number <= to) {
			return number;
		}
		throw rogue(reply);
	}

	private static BackendMisconfiguredException rogue(List<?> reply) {
		return new BackendMisconfiguredException(
				"the server answered a lock script with " + reply
						+ ", which that script never answers: check what stands between this application and Redis",
				null);
	}

}
