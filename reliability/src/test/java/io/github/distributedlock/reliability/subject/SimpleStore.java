package io.github.distributedlock.reliability.subject;

import java.io.UncheckedIOException;
import java.time.Duration;

import io.github.distributedlock.test.redis.RedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * A lock in Redis as it is often written, with what is wrong with it. Each thread has a
 * connection of its own; an answer is awaited for a second.
 */
final class SimpleStore {

	private static final String ACQUIRE = """
			local cur = redis.call('GET', KEYS[1])
			if cur and not (ARGV[3] == 'THREAD_OWNER' and cur == ARGV[1]) then return 0 end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			if ARGV[3] == 'TOKEN_RESTARTS' then
				local token = redis.call('INCR', KEYS[2])
				redis.call('PEXPIRE', KEYS[2], ARGV[2])
				return token
			end
			if ARGV[3] == 'TOKEN_BY_SECOND_COMMAND' then return 1 end
			local time = redis.call('TIME')
			local now = time[1] * 1000000 + time[2]
			local last = tonumber(redis.call('GET', KEYS[2]) or 0)
			local token = math.max(last + 1, now)
			redis.call('SET', KEYS[2], string.format('%.0f', token))
			return token""";

	private static final String RENEW = """
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			return redis.call('PEXPIRE', KEYS[1], ARGV[2])""";

	private static final String RELEASE = """
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			return redis.call('DEL', KEYS[1])""";

	private static final int TIMEOUT = 1000;

	private final int port;

	private final Flaw flaw;

	private final ThreadLocal<@Nullable RedisConnection> connection = new ThreadLocal<>();

	SimpleStore(int port, Flaw flaw) {
		this.port = port;
		this.flaw = flaw;
	}

	/**
	 * Asks for the lock.
	 * @return the token, or 0 if somebody else holds it
	 */
	long acquire(String lock, String owner, Duration lease) {
		long token = number(
				ask("EVAL", ACQUIRE, "2", record(lock), fence(lock), value(owner), millis(lease), this.flaw.name()));
		if (token != 0 && this.flaw == Flaw.TOKEN_BY_SECOND_COMMAND) {
			Object read = ask("GET", fence(lock));
			return (read != null) ? Long.parseLong(read.toString()) + 1 : 1;
		}
		return token;
	}

	/**
	 * Extends the record.
	 * @return whether it was there
	 */
	boolean renew(String lock, String owner, Duration lease) {
		if (this.flaw == Flaw.RENEWAL_RECREATES) {
			return "OK".equals(ask("SET", record(lock), value(owner), "PX", millis(lease)));
		}
		return number(ask("EVAL", RENEW, "1", record(lock), value(owner), millis(lease))) == 1;
	}

	/**
	 * Removes the record.
	 * @return whether it was there
	 */
	boolean release(String lock, String owner) {
		if (this.flaw == Flaw.TOKEN_BY_SECOND_COMMAND) {
			ask("INCR", fence(lock));
		}
		if (this.flaw == Flaw.TOKEN_RESTARTS) {
			ask("DEL", fence(lock));
		}
		if (this.flaw == Flaw.RELEASE_BY_KEY) {
			return number(ask("DEL", record(lock))) == 1;
		}
		return number(ask("EVAL", RELEASE, "1", record(lock), value(owner))) == 1;
	}

	private String value(String owner) {
		return (this.flaw == Flaw.NO_OWNER) ? "1" : owner;
	}

	static String record(String lock) {
		return "simple:" + lock;
	}

	private static String fence(String lock) {
		return "simple:" + lock + ":fence";
	}

	private static String millis(Duration lease) {
		return "" + lease.toMillis();
	}

	private static long number(@Nullable Object reply) {
		return (reply instanceof Long number) ? number : 0;
	}

	private @Nullable Object ask(String... command) {
		RedisConnection open = this.connection.get();
		try {
			if (open == null) {
				open = RedisConnection.open("127.0.0.1", this.port, null);
				open.timeout(TIMEOUT);
				this.connection.set(open);
			}
			return open.command(command);
		}
		catch (UncheckedIOException ex) {
			this.connection.remove();
			if (open != null) {
				open.close();
			}
			throw ex;
		}
	}

}
