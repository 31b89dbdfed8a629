package io.github.distributedlock.backend.redisson;

import java.util.List;
import java.util.regex.Pattern;

import io.github.distributedlock.backend.BackendException;
import io.github.distributedlock.backend.BackendMisconfiguredException;
import io.github.distributedlock.backend.BackendUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * What an error of the server means: what it begins with decides, never a word somewhere
 * in it.
 *
 * @param start what such errors begin with, as whole words
 * @param advice what to do about a wrong configuration, or {@code null} if the server
 * cannot serve now
 */
record ServerError(String start, @Nullable String advice) {

	private static final String RIGHTS = "grant the Redis user +evalsha, +script|load, the commands of the lock scripts"
			+ " and PUBLISH, on the namespace's keys (~<namespace>:*) and channels (&<namespace>:*)";

	private static final String LOGIN = "correct the user name and password of the Redis connection";

	private static final String COMMANDS = "the lock needs EVALSHA, SCRIPT LOAD and the commands of Redis 6.2";

	private static final String OTHER = "the locks need Redis 6.2 or later, or a server that is compatible,"
			+ " and settings that it accepts";

	private static final List<ServerError> TABLE = List.of(notNow("READONLY"), notNow("LOADING"), notNow("CLUSTERDOWN"),
			notNow("MASTERDOWN"), notNow("TRYAGAIN"), notNow("MOVED"), notNow("ASK"), notNow("OOM"), notNow("MISCONF"),
			notNow("NOREPLICAS"), notNow("BUSY"), notNow("NOSCRIPT"), notNow("UNKILLABLE"),
			notNow("ERR max number of clients"), wrong("NOPERM", RIGHTS), wrong("ERR ACL failure in script", RIGHTS),
			wrong("ERR The user executing the script can't", RIGHTS),
			wrong("NOAUTH", "set the user name and password of the Redis connection"), wrong("WRONGPASS", LOGIN),
			wrong("ERR invalid password", LOGIN), wrong("ERR Client sent AUTH", LOGIN),
			wrong("ERR AUTH <password> called", LOGIN), wrong("ERR unknown command", COMMANDS),
			wrong("ERR Unknown Redis command", COMMANDS),
			wrong("WRONGTYPE", "something else uses the lock's record: choose another namespace"),
			wrong("CROSSSLOT", "the records of one lock are in different slots: check the NameMapper"),
			wrong("DLFENCE", "the lock's fence record was evicted, deleted or overwritten: use a Redis with"
					+ " maxmemory-policy noeviction, and a namespace of its own"),
			wrong("ERR", OTHER));

	/** Where Redis before 7 says that a script failed, in front of what failed. */
	private static final Pattern PLACE = Pattern
		.compile("^(?:ERR )?(?:Error running script \\(call to \\S+\\): )?@?user_script: ?\\d+: -?");

	private static final Pattern CODE = Pattern.compile("^[A-Z]{2,}(?: .*|$)", Pattern.DOTALL);

	private static ServerError notNow(String start) {
		return new ServerError(start, null);
	}

	private static ServerError wrong(String start, String advice) {
		return new ServerError(start, advice);
	}

	/**
	 * Finds the meaning of a text.
	 * @param text what may be an error of the server
	 * @return the meaning, or {@code null} if no error begins like that
	 */
	static @Nullable ServerError of(String text) {
		String bare = PLACE.matcher(text).replaceFirst("");
		String error = (CODE.matcher(bare).find()) ? bare : (bare.equals(text)) ? text : "ERR " + bare;
		return TABLE.stream().filter((entry) -> entry.begins(error)).findFirst().orElse(null);
	}

	/**
	 * Returns the meaning of an error that the server surely sent, known or not.
	 */
	static ServerError sent(String text) {
		ServerError found = of(text);
		return (found != null) ? found : wrong(text, OTHER);
	}

	private boolean begins(String text) {
		return text.startsWith(this.start) && (text.length() == this.start.length()
				|| !Character.isLetterOrDigit(text.charAt(this.start.length())));
	}

	/**
	 * Returns whether this is the error with a code.
	 */
	boolean is(String code) {
		return this.start.equals(code);
	}

	/**
	 * Translates it. What the server refuses, it has not done.
	 * @param text what the server said
	 * @param failure what the client reported
	 * @return what it means for the lock
	 */
	BackendException toFailure(String text, Throwable failure) {
		return (this.advice == null)
				? new BackendUnavailableException("Redis cannot serve now: " + text, false, failure)
				: new BackendMisconfiguredException("Redis refused (" + text + "): " + this.advice, failure);
	}

}
