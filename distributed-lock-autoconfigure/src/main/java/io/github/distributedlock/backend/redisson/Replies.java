package io.github.distributedlock.backend.redisson;

import java.time.Duration;

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

	static Attempt attempt(String reply, LockKey key, String owner, int tokens) {
		String[] parts = reply.split(" ", 4);
		if (number(reply, parts, 0, 0, 1) == 1) {
			return new Attempt.Granted(new Grant(key, owner, tokens(reply, parts, 1, tokens), waiting(reply, parts)));
		}
		parts = reply.split(" ", 3);
		long left = number(reply, parts, 1, -1, Long.MAX_VALUE - 1);
		Duration retryAfter = (left < 0 || left >= LONGEST_RETRY.toMillis()) ? LONGEST_RETRY
				: Duration.ofMillis(left + 1);
		return new Attempt.Contended(retryAfter, holder(reply, parts));
	}

	static Renewal renewal(String reply, int moreTokens) {
		String[] parts = reply.split(" ", 4);
		if (number(reply, parts, 0, 0, 1) == 0 && parts.length == 1) {
			return new Renewal.Lost();
		}
		number(reply, parts, 0, 1, 1);
		return new Renewal.Renewed(tokens(reply, parts, 0, moreTokens), waiting(reply, parts));
	}

	static Renewal kept(String reply) {
		if (reply.equals("kept")) {
			return new Renewal.Renewed(Tokens.NONE, null);
		}
		number(reply, new String[] { reply }, 0, 0, 0);
		return new Renewal.Lost();
	}

	static Release release(String reply) {
		return (number(reply, new String[] { reply }, 0, 0, 1) == 1) ? Release.RELEASED : Release.NOT_HELD;
	}

	static @Nullable Void withdrawal(String reply) {
		number(reply, new String[] { reply }, 0, 1, 1);
		return null;
	}

	private static Tokens tokens(String reply, String[] parts, int fewest, int most) {
		int count = (int) number(reply, parts, 2, fewest, most);
		if (count == 0) {
			number(reply, parts, 1, 0, 0);
			return Tokens.NONE;
		}
		return new Tokens(number(reply, parts, 1, 1, LARGEST_TOKEN - count + 1), count);
	}

	private static int waiting(String reply, String[] parts) {
		return (int) number(reply, parts, 3, 0, Integer.MAX_VALUE);
	}

	private static @Nullable String holder(String reply, String[] parts) {
		if (parts.length < 3) {
			throw rogue(reply);
		}
		String record = parts[2];
		return (record.startsWith("h:") || record.startsWith("r:")) ? record.substring(2) : null;
	}

	private static long number(String reply, String[] parts, int index, long from, long to) {
		try {
			long number = (index < parts.length && isPlain(parts[index])) ? Long.parseLong(parts[index])
					: Long.MIN_VALUE;
			if (number >= from && number <= to) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			throw rogue(reply);
		}
		throw rogue(reply);
	}

	/**
	 * Returns whether a number is written as the script writes it, without a plus or
	 * leading zeros.
	 */
	private static boolean isPlain(String number) {
		int first = (number.startsWith("-")) ? 1 : 0;
		boolean zero = first < number.length() && number.charAt(first) == '0';
		return !number.startsWith("+") && (!zero || number.equals("0"));
	}

	private static BackendMisconfiguredException rogue(String reply) {
		return new BackendMisconfiguredException(
				"the server answered a lock script with '" + reply
						+ "', which that script never answers: check what stands between this application and Redis",
				null);
	}

}
