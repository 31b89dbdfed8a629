package io.github.distributedlock.test.redis;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rights that {@code docs/redis.md} advises. Every server of these tests takes the
 * others away from its default user, so that whatever is tested runs with them alone;
 * what a test itself does on a raw connection is done by another user.
 */
public final class MinimalRights {

	/**
	 * What one server needs, as in {@code ACL SETUSER}.
	 */
	public static final String ADVISED = "resetkeys resetchannels -@all ~dl:* &dl:* +ping +client|setname +evalsha"
			+ " +script|load +subscribe +unsubscribe +publish +get +mget +exists +set +del +pttl +pexpire +time +rpush +lpop"
			+ " +lrem +llen +lpos +lindex +info";

	/**
	 * What a database other than 0, a cluster, and master and replica need beside it.
	 */
	public static final String FURTHER = "+select +cluster|nodes +cluster|slots";

	static final String ADMIN = "test-admin";

	static final String ADMIN_PASSWORD = "of-the-tests-alone";

	private static final String PROPERTY = "distributed-lock.test.redis-rights";

	private MinimalRights() {
	}

	/**
	 * Whether the default user has these rights alone: unless the system property
	 * {@code distributed-lock.test.redis-rights} is {@code all}.
	 */
	static boolean apply() {
		return !System.getProperty(PROPERTY, "minimal").equals("all");
	}

	/**
	 * Makes the tests' own user, and leaves the default user with the minimal rights.
	 * @param host where the server listens
	 * @param port where the server listens
	 * @param password the default user's password, if it has one
	 */
	static void grant(String host, int port, @Nullable String password) {
		try (RedisConnection connection = RedisConnection.open(host, port, null, password)) {
			connection.command("ACL", "SETUSER", ADMIN, "on", ">" + ADMIN_PASSWORD, "~*", "&*", "+@all");
			List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", "default"));
			command.addAll(List.of((ADVISED + " " + FURTHER).split(" ")));
			connection.command(command.toArray(String[]::new));
		}
	}

}
