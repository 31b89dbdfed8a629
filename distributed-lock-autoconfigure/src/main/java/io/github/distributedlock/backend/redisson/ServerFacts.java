package io.github.distributedlock.backend.redisson;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server says about itself, as far as locks depend on it. What it does not say is
 * not held against it.
 *
 * @param version its version, such as {@code 7.2.4}
 * @param role {@code master} or {@code slave}
 * @param maxMemory the most memory that it uses, 0 without a limit
 * @param evictionPolicy what it does when that is used up
 */
record ServerFacts(@Nullable String version, @Nullable String role, long maxMemory, @Nullable String evictionPolicy) {

	private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\D?.*");

	private static final int OLDEST_MAJOR = 6;

	private static final int OLDEST_MINOR = 2;

	static ServerFacts of(Map<String, String> info) {
		String maxMemory = info.getOrDefault("maxmemory", "0");
		return new ServerFacts(info.get("redis_version"), info.get("role"),
				maxMemory.matches("\\d{1,18}") ? Long.parseLong(maxMemory) : 0, info.get("maxmemory_policy"));
	}

	/**
	 * Returns the same without its role, which changes in the middle of a failover, when
	 * a replica refuses by itself what it must not do.
	 */
	ServerFacts withoutRole() {
		return new ServerFacts(this.version, null, this.maxMemory, this.evictionPolicy);
	}

	/**
	 * Returns why locks must not be kept there.
	 * @param allowEviction whether it is accepted that locks are evicted
	 * @return the reason and what to do, as a clause, or {@code null} if they may
	 */
	@Nullable String refusal(boolean allowEviction) {
		if (isTooOld()) {
			return "the server is Redis " + this.version + ": use Redis 6.2 or later, or a server that is compatible";
		}
		if ("slave".equals(this.role)) {
			return "the server is a replica, and locks are kept by its primary: connect to the primary, or name all"
					+ " servers under sentinel, cluster or master-replica";
		}
		return (mayEvict() && this.maxMemory > 0 && !allowEviction) ? "Redis may evict locks when its memory is full"
				+ " (maxmemory-policy " + this.evictionPolicy + "), and a lock that was evicted is free while it is"
				+ " held: set maxmemory-policy noeviction, or give the locks a Redis of their own, or accept it with"
				+ " distributed-lock.redis.allow-eviction=true" : null;
	}

	/**
	 * Returns what is no danger yet.
	 * @return a sentence, or {@code null} if all is well
	 */
	@Nullable String warning() {
		return (mayEvict() && this.maxMemory == 0) ? "Redis would evict locks if it had a maxmemory (maxmemory-policy "
				+ this.evictionPolicy + "): set maxmemory-policy noeviction before somebody sets one" : null;
	}

	private boolean mayEvict() {
		return this.evictionPolicy != null && !this.evictionPolicy.equals("noeviction");
	}

	private boolean isTooOld() {
		Matcher matcher = VERSION.matcher((this.version != null) ? this.version : "");
		if (!matcher.matches()) {
			return false;
		}
		int major = Integer.parseInt(matcher.group(1));
		return major < OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(matcher.group(2)) < OLDEST_MINOR);
	}

}
